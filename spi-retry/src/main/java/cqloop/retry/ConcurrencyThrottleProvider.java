package cqloop.retry;

import cqloop.spi.PolicyConfig;
import cqloop.spi.PolicyContext;
import cqloop.spi.Throttle;
import cqloop.spi.ThrottleProvider;

/** Provides {@code concurrency}: so many requests of an event loop at the same time. */
public final class ConcurrencyThrottleProvider implements ThrottleProvider {

  static final int DEFAULT_MAX_WAITING = 8192;
  static final int HIGHEST_MAX_WAITING = 1_048_576;

  @Override
  public String name() {
    return "concurrency";
  }

  @Override
  public Throttle create(PolicyContext context) {
    PolicyConfig config = PolicyConfig.of(context, "maxConcurrent", "maxWaiting");
    return new ConcurrencyThrottle(
        config.number("maxConcurrent", 1, 1_000_000),
        config.number("maxWaiting", DEFAULT_MAX_WAITING, 0, HIGHEST_MAX_WAITING));
  }
}
