package cqloop.netty.loop;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Published. How often which duration was seen, for ever: one loop adds, every thread may read. It
 * has a bucket for each thirty-second part of each power of two, so what is read from it is at most
 * 3 % too large, and its size does not depend on how much it has seen. Adding is a few additions,
 * and allocates nothing.
 */
public final class Histogram {

  private static final VarHandle CELLS = MethodHandles.arrayElementVarHandle(long[].class);

  /** Buckets per power of two: 2 to the power of this. */
  private static final int PART_BITS = 5;

  private static final int PARTS = 1 << PART_BITS;

  /** What takes longer than this, about 73 minutes, counts as this. */
  private static final int MOST_BITS = 42;

  private static final long MOST = (1L << MOST_BITS) - 1;

  /** How many buckets a histogram has. */
  public static final int BUCKETS = (MOST_BITS - PART_BITS + 1) << PART_BITS;

  private final long[] buckets = new long[BUCKETS];
  private final Counter sum = new Counter();
  private final Counter max = new Counter();

  /** Always kept as 1 more than it is, so that 0 stands for none. */
  private final Counter min = new Counter();

  /** Adds a duration; on the loop that owns the histogram. */
  public void add(long nanos) {
    long value = Math.min(Math.max(0, nanos), MOST);
    int bucket = bucketOf(value);
    sum.add(value);
    if (value > max.get()) {
      max.set(value);
    }
    long least = min.get();
    if (least == 0 || value < least - 1) {
      min.set(value + 1);
    }
    CELLS.setOpaque(buckets, bucket, (long) CELLS.get(buckets, bucket) + 1);
  }

  /** Adds what was counted to the buckets of an array as long as {@link #BUCKETS}. */
  public void addTo(long[] target) {
    for (int i = 0; i < BUCKETS; i++) {
      target[i] += (long) CELLS.getOpaque(buckets, i);
    }
  }

  /** Returns the sum of all durations. */
  public long sum() {
    return sum.get();
  }

  /** Returns the longest duration, 0 when there is none. */
  public long max() {
    return max.get();
  }

  /** Returns the shortest duration, or -1 when there is none. */
  public long min() {
    return min.get() - 1;
  }

  /** Returns the longest duration that a bucket stands for. */
  public static long upperEnd(int bucket) {
    if (bucket < PARTS) {
      return bucket;
    }
    int shift = (bucket >> PART_BITS) - 1;
    long part = PARTS + (bucket & (PARTS - 1));
    return ((part + 1) << shift) - 1;
  }

  private static int bucketOf(long value) {
    if (value < PARTS) {
      return (int) value;
    }
    int shift = Long.SIZE - 1 - PART_BITS - Long.numberOfLeadingZeros(value);
    return ((shift + 1) << PART_BITS) + (int) (value >> shift) - PARTS;
  }
}
