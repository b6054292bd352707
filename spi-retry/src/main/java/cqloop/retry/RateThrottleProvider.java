package cqloop.retry;

import cqloop.spi.PolicyConfig;
import cqloop.spi.PolicyContext;
import cqloop.spi.Throttle;
import cqloop.spi.ThrottleProvider;

/** Provides {@code rate}: so many requests of an event loop in a second. */
public final class RateThrottleProvider implements ThrottleProvider {

  private static final double LOWEST_RATE = 0.001;
  private static final int HIGHEST_RATE = 1_000_000_000;

  @Override
  public String name() {
    return "rate";
  }

  @Override
  public Throttle create(PolicyContext context) {
    PolicyConfig config = PolicyConfig.of(context, "perSecond", "burst", "maxWaiting");
    double perSecond = config.decimal("perSecond", LOWEST_RATE, HIGHEST_RATE);
    int usualBurst = (int) Math.max(1, Math.round(perSecond / 10));
    return new RateThrottle(
        perSecond,
        config.number("burst", usualBurst, 1, HIGHEST_RATE),
        config.number(
            "maxWaiting",
            ConcurrencyThrottleProvider.DEFAULT_MAX_WAITING,
            0,
            ConcurrencyThrottleProvider.HIGHEST_MAX_WAITING),
        context::nanoTime);
  }
}
