package cqloop.testkit;

import io.vertx.core.spi.metrics.PoolMetrics;

/**
 * Any thread, guarded by its monitor because loops report while tests read. What one pool reported.
 */
public final class RecordedPool {
  private final String type;
  private final String name;
  private final int maxSize;
  private int queued;
  private int inUse;
  private int totalQueued;
  private int totalUsed;
  private boolean closed;

  RecordedPool(String type, String name, int maxSize) {
    this.type = type;
    this.name = name;
    this.maxSize = maxSize;
  }

  /** The type of the pool. */
  public String type() {
    return type;
  }

  /** The name of the pool. */
  public String name() {
    return name;
  }

  /** How much the pool can hold. */
  public int maxSize() {
    return maxSize;
  }

  /** How many wait now. */
  public synchronized int queued() {
    return queued;
  }

  /** How many are in use now. */
  public synchronized int inUse() {
    return inUse;
  }

  /** How many ever waited. */
  public synchronized int totalQueued() {
    return totalQueued;
  }

  /** How many were ever in use. */
  public synchronized int totalUsed() {
    return totalUsed;
  }

  /** Whether the pool closed its metrics. */
  public synchronized boolean isClosed() {
    return closed;
  }

  PoolMetrics<Object, Object> metrics() {
    return new Recorder();
  }

  private synchronized Object enter(boolean queue) {
    if (queue) {
      queued++;
      return ++totalQueued;
    }
    inUse++;
    return ++totalUsed;
  }

  private synchronized void leave(boolean queue) {
    if (queue) {
      queued--;
    } else {
      inUse--;
    }
  }

  private synchronized void markClosed() {
    closed = true;
  }

  private final class Recorder implements PoolMetrics<Object, Object> {
    @Override
    public Object enqueue() {
      return enter(true);
    }

    @Override
    public void dequeue(Object queue) {
      leave(true);
    }

    @Override
    public Object begin() {
      return enter(false);
    }

    @Override
    public void end(Object use) {
      leave(false);
    }

    @Override
    public void close() {
      markClosed();
    }
  }
}
