package cqloop.netty.vertx;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelPromise;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.AbstractEventExecutor;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.ScheduledFuture;
import io.netty.util.concurrent.Ticker;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Loop-owned. An event loop as one connect of Vert.x sees it: everything is done by the loop behind
 * it, but the channel is shown before it connects. Vert.x itself shows a channel only when it has
 * connected, and has no way to give up a connect or to choose its local port.
 */
final class OpeningLoop extends AbstractEventExecutor implements EventLoop {

  private final EventLoop loop;
  private final Consumer<Channel> onRegistered;

  /**
   * @param onRegistered takes the channel, on the loop, once it is registered and before it
   *     connects
   */
  OpeningLoop(EventLoop loop, Consumer<Channel> onRegistered) {
    this.loop = loop;
    this.onRegistered = onRegistered;
  }

  @Override
  public ChannelFuture register(Channel channel) {
    // The channel belongs to the loop behind this one, for good.
    ChannelFuture registered = loop.register(channel);
    if (registered.isDone()) {
      show(registered);
      return registered;
    }
    return registered.addListener(later -> show(registered));
  }

  private void show(ChannelFuture registered) {
    if (registered.isSuccess()) {
      onRegistered.accept(registered.channel());
    }
  }

  @Override
  public ChannelFuture register(ChannelPromise promise) {
    return loop.register(promise);
  }

  @Override
  @Deprecated
  public ChannelFuture register(Channel channel, ChannelPromise promise) {
    return loop.register(channel, promise);
  }

  @Override
  public EventLoopGroup parent() {
    return loop.parent();
  }

  @Override
  public EventLoop next() {
    return this;
  }

  @Override
  public boolean inEventLoop(Thread thread) {
    return loop.inEventLoop(thread);
  }

  @Override
  public Ticker ticker() {
    return loop.ticker();
  }

  @Override
  public void execute(Runnable task) {
    loop.execute(task);
  }

  @Override
  public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
    return loop.schedule(task, delay, unit);
  }

  @Override
  public <V> ScheduledFuture<V> schedule(Callable<V> task, long delay, TimeUnit unit) {
    return loop.schedule(task, delay, unit);
  }

  @Override
  public ScheduledFuture<?> scheduleAtFixedRate(
      Runnable task, long initialDelay, long period, TimeUnit unit) {
    return loop.scheduleAtFixedRate(task, initialDelay, period, unit);
  }

  @Override
  public ScheduledFuture<?> scheduleWithFixedDelay(
      Runnable task, long initialDelay, long delay, TimeUnit unit) {
    return loop.scheduleWithFixedDelay(task, initialDelay, delay, unit);
  }

  @Override
  public Future<?> shutdownGracefully(long quietPeriod, long timeout, TimeUnit unit) {
    throw notOurs();
  }

  @Override
  @Deprecated
  public void shutdown() {
    throw notOurs();
  }

  private static UnsupportedOperationException notOurs() {
    return new UnsupportedOperationException("The loop belongs to Vert.x, which shuts it down");
  }

  @Override
  public Future<?> terminationFuture() {
    return loop.terminationFuture();
  }

  @Override
  public boolean isShuttingDown() {
    return loop.isShuttingDown();
  }

  @Override
  public boolean isShutdown() {
    return loop.isShutdown();
  }

  @Override
  public boolean isTerminated() {
    return loop.isTerminated();
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
    return loop.awaitTermination(timeout, unit);
  }
}
