package cqloop.netty.sim;

import io.netty.buffer.ByteBuf;
import io.netty.channel.AbstractChannel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelMetadata;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.DefaultChannelConfig;
import io.netty.channel.EventLoop;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayDeque;

/**
 * Loop-owned. The client's end of a simulated connection: a channel with a pipeline, an outbound
 * buffer and writability like that of a socket.
 */
public final class SimChannel extends AbstractChannel {

  private static final ChannelMetadata METADATA = new ChannelMetadata(false, 16);

  private final SimLink link;
  private final InetSocketAddress remote;
  private final ChannelConfig config = new DefaultChannelConfig(this);
  private final ArrayDeque<byte[]> unread = new ArrayDeque<>();
  private boolean open = true;
  private boolean readWanted;
  private boolean readPlanned;
  private boolean ended;

  SimChannel(SimLink link, InetSocketAddress remote) {
    super(null);
    this.link = link;
    this.remote = remote;
  }

  /** The connection that this is one end of. */
  public SimLink link() {
    return link;
  }

  /** Bytes arrive; those of one moment are read in one burst. */
  void receive(byte[] bytes) {
    if (open) {
      unread.add(bytes);
      planRead();
    }
  }

  /** The other side has ended, in order or by a reset. */
  void onEnd(boolean reset) {
    if (open && reset) {
      pipeline().fireExceptionCaught(new IOException("Connection reset by peer"));
      unsafe().close(unsafe().voidPromise());
    } else if (open) {
      ended = true;
      planRead();
    }
  }

  /** There is room for bytes again. */
  void onRoom() {
    if (open) {
      ((SimUnsafe) unsafe()).flushAgain();
    }
  }

  private void planRead() {
    if (!readPlanned) {
      readPlanned = true;
      eventLoop().execute(this::readAll);
    }
  }

  private void readAll() {
    readPlanned = false;
    if (readWanted && !unread.isEmpty()) {
      readWanted = false;
      readBurst();
    }
    if (ended && open && unread.isEmpty()) {
      unsafe().close(unsafe().voidPromise());
    }
  }

  private void readBurst() {
    while (!unread.isEmpty()) {
      ByteBuf buffer = alloc().buffer().writeBytes(unread.poll());
      while (!unread.isEmpty() && link.coalesces()) {
        buffer.writeBytes(unread.poll());
      }
      pipeline().fireChannelRead(buffer);
    }
    pipeline().fireChannelReadComplete();
  }

  @Override
  protected void doWrite(ChannelOutboundBuffer outbound) {
    Object message = outbound.current();
    while (message != null) {
      ByteBuf buffer = (ByteBuf) message;
      int room = link.roomToServer();
      if (room == 0 && buffer.isReadable()) {
        return;
      }
      byte[] bytes = new byte[Math.min(room, buffer.readableBytes())];
      buffer.getBytes(buffer.readerIndex(), bytes);
      link.toServer(bytes);
      outbound.removeBytes(bytes.length);
      message = outbound.current();
    }
  }

  @Override
  protected Object filterOutboundMessage(Object message) {
    if (message instanceof ByteBuf) {
      return message;
    }
    ReferenceCountUtil.release(message);
    throw new UnsupportedOperationException("A socket takes bytes, not " + message.getClass());
  }

  @Override
  protected void doBeginRead() {
    readWanted = true;
    if (!unread.isEmpty()) {
      planRead();
    }
  }

  @Override
  protected void doClose() {
    if (open) {
      open = false;
      unread.clear();
      link.onClientClosed();
    }
  }

  @Override
  protected void doDisconnect() {
    doClose();
  }

  @Override
  protected void doBind(SocketAddress localAddress) {
    throw new UnsupportedOperationException("The network gives the local address");
  }

  @Override
  protected boolean isCompatible(EventLoop loop) {
    return loop instanceof SimLoop;
  }

  @Override
  protected SocketAddress localAddress0() {
    return new InetSocketAddress("127.0.0.1", link.number());
  }

  @Override
  protected SocketAddress remoteAddress0() {
    return remote;
  }

  @Override
  public ChannelConfig config() {
    return config;
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public boolean isActive() {
    return open;
  }

  @Override
  public ChannelMetadata metadata() {
    return METADATA;
  }

  @Override
  protected AbstractUnsafe newUnsafe() {
    return new SimUnsafe();
  }

  private final class SimUnsafe extends AbstractUnsafe {

    @Override
    public void connect(
        SocketAddress remoteAddress, SocketAddress localAddress, ChannelPromise promise) {
      promise.setFailure(new UnsupportedOperationException("The network connects"));
    }

    /** As a selector does: what is not taken yet goes on when there is room. */
    @Override
    protected void flush0() {
      if (link.roomToServer() > 0 || !isActive()) {
        super.flush0();
      }
    }

    void flushAgain() {
      super.flush0();
    }
  }
}
