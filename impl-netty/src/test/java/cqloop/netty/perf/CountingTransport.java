package cqloop.netty.perf;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SingleThreadIoEventLoop;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.Ticker;
import io.vertx.core.impl.transports.NioTransport;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Any thread. The sockets of a Vert.x, which count how often they are flushed and written to, and
 * its loops, which count the tasks that other threads give them and the looks at their clock.
 */
final class CountingTransport extends NioTransport {

  private final AtomicInteger flushes = new AtomicInteger();
  private final AtomicInteger writes = new AtomicInteger();
  private final AtomicInteger reads = new AtomicInteger();

  @Override
  public ChannelFactory<? extends Channel> channelFactory(boolean domainSocket) {
    return CountingChannel::new;
  }

  @Override
  public EventLoopGroup eventLoopGroup(int type, int loops, ThreadFactory threads, int ioRatio) {
    return new CountingLoops(loops, threads, ioHandlerFactory());
  }

  /** Begins to count anew, but for hops. */
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

  /** Tasks that threads other than its own have given this loop so far. */
  static int hopsTo(EventLoop loop) {
    return ((CountingLoop) loop).hops.get();
  }

  /** How often the clock of this loop was read so far. */
  static int looksAtTheClockOf(EventLoop loop) {
    return ((CountingLoop) loop).clock.looks.get();
  }

  private static final class CountingLoops extends MultiThreadIoEventLoopGroup {

    CountingLoops(int loops, ThreadFactory threads, IoHandlerFactory handlers) {
      super(loops, threads, handlers);
    }

    @Override
    protected IoEventLoop newChild(Executor executor, IoHandlerFactory handlers, Object... args) {
      return new CountingLoop(this, executor, handlers);
    }
  }

  private static final class CountingLoop extends SingleThreadIoEventLoop {

    final AtomicInteger hops = new AtomicInteger();
    final CountingClock clock = new CountingClock();

    CountingLoop(IoEventLoopGroup parent, Executor executor, IoHandlerFactory handlers) {
      super(parent, executor, handlers);
    }

    @Override
    public void execute(Runnable task) {
      if (!inEventLoop()) {
        hops.incrementAndGet();
      }
      super.execute(task);
    }

    @Override
    public Ticker ticker() {
      // The constructor of Netty asks for it before there is ours.
      return clock == null ? Ticker.systemTicker() : clock;
    }
  }

  private static final class CountingClock implements Ticker {

    final AtomicInteger looks = new AtomicInteger();

    @Override
    public long nanoTime() {
      looks.incrementAndGet();
      return Ticker.systemTicker().nanoTime();
    }

    @Override
    public long initialNanoTime() {
      return Ticker.systemTicker().initialNanoTime();
    }

    @Override
    public void sleep(long delay, TimeUnit unit) throws InterruptedException {
      Ticker.systemTicker().sleep(delay, unit);
    }
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
