package cqloop.netty.sim;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelPromise;
import io.netty.channel.DefaultChannelPromise;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.AbstractEventExecutor;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.ScheduledFuture;
import io.netty.util.concurrent.Ticker;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Not shared. An event loop in virtual time. Its tasks are events of the world, so several loops of
 * one world take turns in an order that the seed decides. A task that throws ends the run: in a
 * simulation nothing is swallowed.
 */
public final class SimLoop extends AbstractEventExecutor implements EventLoop {

  private final SimWorld world;
  private final Thread thread = Thread.currentThread();
  private final Ticker ticker = new SimTicker();
  private int depth;

  public SimLoop(SimWorld world) {
    this.world = world;
  }

  public SimWorld world() {
    return world;
  }

  /** Runs something on this loop now, as the test that stands outside of it. */
  public void run(Runnable task) {
    depth++;
    try {
      task.run();
    } finally {
      depth--;
    }
  }

  SimWorld.Event later(long delayNanos, Runnable task) {
    return world.after(delayNanos, () -> run(task));
  }

  @Override
  public void execute(Runnable task) {
    later(0, task);
  }

  @Override
  public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
    return schedule(Executors.callable(task), delay, unit);
  }

  @Override
  public <V> ScheduledFuture<V> schedule(Callable<V> task, long delay, TimeUnit unit) {
    return new SimTask<>(this, task, unit.toNanos(delay), 0);
  }

  @Override
  public ScheduledFuture<?> scheduleAtFixedRate(
      Runnable task, long initialDelay, long period, TimeUnit unit) {
    return new SimTask<>(
        this, Executors.callable(task), unit.toNanos(initialDelay), unit.toNanos(period));
  }

  @Override
  public ScheduledFuture<?> scheduleWithFixedDelay(
      Runnable task, long initialDelay, long delay, TimeUnit unit) {
    return scheduleAtFixedRate(task, initialDelay, delay, unit);
  }

  @Override
  public boolean inEventLoop(Thread asked) {
    return depth > 0 && asked == thread;
  }

  @Override
  public Ticker ticker() {
    return ticker;
  }

  @Override
  public EventLoopGroup parent() {
    return this;
  }

  @Override
  public EventLoop next() {
    return this;
  }

  @Override
  public ChannelFuture register(Channel channel) {
    return register(new DefaultChannelPromise(channel, this));
  }

  @Override
  public ChannelFuture register(ChannelPromise promise) {
    promise.channel().unsafe().register(this, promise);
    return promise;
  }

  @Override
  @Deprecated
  public ChannelFuture register(Channel channel, ChannelPromise promise) {
    channel.unsafe().register(this, promise);
    return promise;
  }

  @Override
  public Future<?> shutdownGracefully(long quietPeriod, long timeout, TimeUnit unit) {
    throw new UnsupportedOperationException("A simulated loop ends with its world");
  }

  @Override
  public Future<?> terminationFuture() {
    throw new UnsupportedOperationException("A simulated loop ends with its world");
  }

  @Override
  @Deprecated
  public void shutdown() {
    throw new UnsupportedOperationException("A simulated loop ends with its world");
  }

  @Override
  public boolean isShuttingDown() {
    return false;
  }

  @Override
  public boolean isShutdown() {
    return false;
  }

  @Override
  public boolean isTerminated() {
    return false;
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) {
    return false;
  }

  private final class SimTicker implements Ticker {
    @Override
    public long initialNanoTime() {
      return 0;
    }

    @Override
    public long nanoTime() {
      return world.nanoTime();
    }

    @Override
    public void sleep(long delay, TimeUnit unit) {
      throw new UnsupportedOperationException("Nothing may block a simulated loop");
    }
  }
}
