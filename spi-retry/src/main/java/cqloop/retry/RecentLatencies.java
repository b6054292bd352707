package cqloop.retry;

import java.util.Arrays;
import java.util.function.LongSupplier;

/**
 * Loop-owned. Latencies of the recent past in a histogram of fixed size. Each power of two of
 * microseconds has 32 buckets, so a percentile is at most about 3 percent too high; more than about
 * 19 hours counts as that. The window is made of two halves: the older one is dropped when the
 * younger one is full.
 */
final class RecentLatencies {

  private static final int SUB_BITS = 5;
  private static final int SUB_BUCKETS = 1 << SUB_BITS;
  private static final int MAX_BITS = 36;
  private static final long MAX_MICROS = (1L << MAX_BITS) - 1;
  private static final int BUCKETS = bucket(MAX_MICROS) + 1;

  private final long halfNanos;
  private final LongSupplier nanoTime;

  private int[] young = new int[BUCKETS];
  private int[] old = new int[BUCKETS];
  private long youngCount;
  private long oldCount;
  private long youngSince;

  RecentLatencies(long windowNanos, LongSupplier nanoTime) {
    halfNanos = Math.max(1, windowNanos / 2);
    this.nanoTime = nanoTime;
    youngSince = nanoTime.getAsLong();
  }

  /** Takes a latency. */
  void record(long latencyNanos) {
    rotate();
    young[bucket(Math.min(MAX_MICROS, Math.max(0, latencyNanos / 1000)))]++;
    youngCount++;
  }

  /** Returns how many latencies the window has. */
  long count() {
    rotate();
    return youngCount + oldCount;
  }

  /** Returns the latency in nanoseconds that this percentage of the window does not exceed. */
  long percentile(double percentile) {
    rotate();
    long rank = Math.max(1, (long) Math.ceil((youngCount + oldCount) * percentile / 100));
    long seen = 0;
    for (int i = 0; i < BUCKETS; i++) {
      seen += young[i] + (long) old[i];
      if (seen >= rank) {
        return highest(i) * 1000;
      }
    }
    return 0;
  }

  private void rotate() {
    long age = nanoTime.getAsLong() - youngSince;
    if (age < halfNanos) {
      return;
    }
    int[] reused = old;
    old = young;
    oldCount = youngCount;
    young = reused;
    youngCount = 0;
    Arrays.fill(young, 0);
    if (age >= 2 * halfNanos) {
      Arrays.fill(old, 0);
      oldCount = 0;
    }
    youngSince += age - age % halfNanos;
  }

  /** Values below 32 have a bucket each; above, the six highest bits choose it. */
  private static int bucket(long micros) {
    if (micros < SUB_BUCKETS) {
      return (int) micros;
    }
    int shift = 63 - Long.numberOfLeadingZeros(micros) - SUB_BITS;
    return (shift << SUB_BITS) + (int) (micros >>> shift);
  }

  /** Returns the highest microseconds of a bucket. */
  private static long highest(int bucket) {
    if (bucket < SUB_BUCKETS) {
      return bucket;
    }
    int shift = (bucket >> SUB_BITS) - 1;
    long lowest = (long) (bucket - (shift << SUB_BITS)) << shift;
    return lowest + (1L << shift) - 1;
  }
}
