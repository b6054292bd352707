package cqloop.netty.vertx;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.vertx.core.internal.ContextInternal;

/**
 * Loop-owned. Lets all answers of one read be one turn of a context, as for the handlers of Vert.x
 * itself. For each turn Vert.x looks at the clock, for its check of blocked loops: without this it
 * does so for every future that completes, which costs a tenth of a small request.
 */
final class ReadTurn extends ChannelInboundHandlerAdapter {

  private final ContextInternal context;

  ReadTurn(ContextInternal context) {
    this.context = context;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ContextInternal previous = context.beginDispatch();
    try {
      ctx.fireChannelRead(message);
    } finally {
      context.endDispatch(previous);
    }
  }
}
