package cqloop.retry;

import cqloop.spi.PolicyContext;
import cqloop.spi.TimestampGenerator;
import cqloop.spi.TimestampProvider;

/**
 * Provides {@code monotonic-loop}: as {@code monotonic}, but the order holds for one event loop and
 * profile only. Loops share nothing; two of them may give the same microsecond.
 */
public final class MonotonicLoopTimestampsProvider implements TimestampProvider {

  @Override
  public String name() {
    return "monotonic-loop";
  }

  @Override
  public TimestampGenerator create(PolicyContext context) {
    return MonotonicTimestamps.create(new TimestampOrder(), context);
  }
}
