package cqloop.netty.loop;

/**
 * Loop-owned. About half of the recent values are below it: each value moves it by a sixteenth of
 * itself, up or down (frugal streaming, Ma and others 2013). It costs a comparison and an addition.
 */
public final class RunningMedian {

  /** Before so many values it says nothing. */
  private static final int ENOUGH = 32;

  private long median;
  private int count;

  /** Takes a value, 0 or more. */
  public void add(long value) {
    if (count < ENOUGH) {
      count++;
      median = median == 0 ? value : median;
    }
    median += value > median ? (median >> 4) + 1 : -(median >> 4);
  }

  /** Returns the median, or 0 before there are enough values. */
  public long get() {
    return count < ENOUGH ? 0 : median;
  }
}
