package cqloop.netty.loop;

import java.util.function.IntUnaryOperator;

/**
 * Value. A time between repetitions that differs a little each time, so that sessions which began
 * together do not ask the cluster together for ever.
 *
 * @param nanos the time in the mean, 0 for never
 * @param random gives a number from 0 to below its argument
 */
public record Interval(long nanos, IntUnaryOperator random) {

  // As delays of reconnection: 85 to 115 percent. Rules 2.12.
  private static final int LEAST_PERCENT = 85;
  private static final int PERCENTS = 31;

  /** Returns the time until the next one, 0 when there is none. */
  public long next() {
    return nanos / 100 * (LEAST_PERCENT + random.applyAsInt(PERCENTS));
  }
}
