package cqloop.bench.load;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** Loop-owned. What one lane counted: requests and their latencies. */
public final class Tally {
  private static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(2);

  private final Histogram latencies = new Histogram(LONGEST_NANOS, 3);
  private long untimed;

  /** Counts {@code requests} that ended after the same time. */
  public void record(long nanos, int requests) {
    latencies.recordValueWithCount(Math.min(nanos, LONGEST_NANOS), requests);
  }

  /** Counts requests whose time was not taken. */
  void count(int requests) {
    untimed += requests;
  }

  /** Adds what another lane counted. */
  public void add(Tally other) {
    untimed += other.untimed;
    latencies.add(other.latencies);
  }

  /** Number of requests. */
  public long requests() {
    return untimed + latencies.getTotalCount();
  }

  /** Latency in microseconds that {@code percent} of the timed requests did not exceed. */
  public double micros(double percent) {
    return latencies.getValueAtPercentile(percent) / 1e3;
  }
}
