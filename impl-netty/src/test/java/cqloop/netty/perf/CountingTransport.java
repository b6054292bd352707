package cqloop.netty.perf;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.vertx.core.impl.transports.NioTransport;
import java.util.concurrent.atomic.AtomicInteger;

/** Any thread. The sockets of a Vert.x, which count how often they are flushed and written to. */
final class CountingTransport extends NioTransport {

  private final AtomicInteger flushes = new AtomicInteger();
  private final AtomicInteger writes = new AtomicInteger();
  private final AtomicInteger reads = new AtomicInteger();

  @Override
  public ChannelFactory<? extends Channel> channelFactory(boolean domainSocket) {
    return CountingChannel::new;
  }

  /** Begins to count anew. */
  void reset() {
    flushes.set(0);
    writes.set(0);
    reads.set(0);
  }

  /** Flushes that the pipelines asked for. */
  int flushes() {
    return flushes.get();
  }

  /** Times that a socket was written to: more than flushes when the socket was full. */
  int writes() {
    return writes.get();
  }

  /** Times that a socket was read from. */
  int reads() {
    return reads.get();
  }

  private final class CountingChannel extends NioSocketChannel {

    CountingChannel() {
      pipeline().addFirst(new FlushCounter());
    }

    @Override
    protected void doWrite(ChannelOutboundBuffer in) throws Exception {
      writes.incrementAndGet();
      super.doWrite(in);
    }

    @Override
    protected int doReadBytes(ByteBuf buffer) throws Exception {
      reads.incrementAndGet();
      return super.doReadBytes(buffer);
    }
  }

  private final class FlushCounter extends ChannelOutboundHandlerAdapter {
    @Override
    public void flush(ChannelHandlerContext context) {
      flushes.incrementAndGet();
      context.flush();
    }
  }
}
