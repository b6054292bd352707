package cqloop.netty.loop;

import java.util.concurrent.TimeUnit;

/**
 * Published. How often something happens, with more weight for what happened lately: the averages
 * over one, five and fifteen minutes of Unix's load. One loop counts, every thread may read. There
 * is no timer: time is looked at when something happens and when somebody reads.
 */
public final class RecentRates {

  private static final long TICK_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final double TICKS_A_MINUTE = 12;

  /** After so many ticks without anything the average over fifteen minutes is below 1e-6. */
  private static final long MOST_TICKS = 3600;

  private final long sinceNanos;
  private final Counter count = new Counter();
  private final Counter counted = new Counter();
  private final Counter tickedAt = new Counter();
  private final Average[] averages = {new Average(1), new Average(5), new Average(15)};

  public RecentRates(long nowNanos) {
    sinceNanos = nowNanos;
    tickedAt.set(nowNanos);
  }

  /** It happened; on the loop that owns this. */
  public void add(long nowNanos) {
    if (nowNanos - tickedAt.get() >= TICK_NANOS) {
      tick(nowNanos);
    }
    count.add(1);
  }

  /** Returns how often it happened. */
  public long count() {
    return count.get();
  }

  /** Returns how often it happened in a second, since the beginning. */
  public double mean(long nowNanos) {
    double seconds = (nowNanos - sinceNanos) / (double) TimeUnit.SECONDS.toNanos(1);
    return seconds <= 0 ? 0 : count.get() / seconds;
  }

  /** Returns how often it happens in a second, over the last minute. */
  public double oneMinute(long nowNanos) {
    return read(averages[0], nowNanos);
  }

  /** Returns how often it happens in a second, over the last five minutes. */
  public double fiveMinutes(long nowNanos) {
    return read(averages[1], nowNanos);
  }

  /** Returns how often it happens in a second, over the last fifteen minutes. */
  public double fifteenMinutes(long nowNanos) {
    return read(averages[2], nowNanos);
  }

  private void tick(long nowNanos) {
    long ticks = (nowNanos - tickedAt.get()) / TICK_NANOS;
    long total = count.get();
    long more = total - counted.get();
    for (Average average : averages) {
      average.set(average.after(ticks, more));
    }
    counted.set(total);
    tickedAt.set(tickedAt.get() + ticks * TICK_NANOS);
  }

  /** A reader sees what the next tick would say, so that rates fall while nothing happens. */
  private double read(Average average, long nowNanos) {
    long ticks = Math.max(0, (nowNanos - tickedAt.get()) / TICK_NANOS);
    return average.after(ticks, count.get() - counted.get());
  }

  /** Published. One of the averages. */
  private static final class Average {

    private final double weight;
    private final Counter bits = new Counter();

    Average(int minutes) {
      this.weight = 1 - Math.exp(-1 / (TICKS_A_MINUTE * minutes));
    }

    void set(double rate) {
      bits.set(Double.doubleToRawLongBits(rate));
    }

    /** Returns what it is when so many ticks have gone by, of which the first one saw something. */
    double after(long ticks, long more) {
      double rate = Double.longBitsToDouble(bits.get());
      if (ticks == 0) {
        return rate;
      }
      double seen = more / (double) TimeUnit.NANOSECONDS.toSeconds(TICK_NANOS);
      double first = rate + weight * (seen - rate);
      return first * Math.pow(1 - weight, Math.min(MOST_TICKS, ticks - 1));
    }
  }
}
