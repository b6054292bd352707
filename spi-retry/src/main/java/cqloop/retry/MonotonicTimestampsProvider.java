package cqloop.retry;

import cqloop.spi.PolicyContext;
import cqloop.spi.TimestampGenerator;
import cqloop.spi.TimestampProvider;

/**
 * Provides {@code monotonic}: the clock of this machine in microseconds, and no two requests of one
 * session get the same time, whatever event loop or profile they belong to.
 */
public final class MonotonicTimestampsProvider implements TimestampProvider {

  @Override
  public String name() {
    return "monotonic";
  }

  @Override
  public TimestampGenerator create(PolicyContext context) {
    TimestampOrder order = context.shared(TimestampOrder.class, TimestampOrder::new);
    return MonotonicTimestamps.create(order, context);
  }
}
