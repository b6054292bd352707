package cqloop.retry;

import cqloop.spi.PolicyConfig;
import cqloop.spi.PolicyContext;
import cqloop.spi.ReconnectionPolicy;
import cqloop.spi.ReconnectionProvider;

/**
 * Provides {@code exponential}: waits twice as long after each attempt to connect, up to a limit,
 * and a little more or less by chance.
 */
public final class ExponentialReconnectionProvider implements ReconnectionProvider {

  static final long DEFAULT_BASE_DELAY_MILLIS = 2000;
  static final long DEFAULT_MAX_DELAY_MILLIS = 60_000;

  @Override
  public String name() {
    return "exponential";
  }

  @Override
  public ReconnectionPolicy create(PolicyContext context) {
    PolicyConfig config = PolicyConfig.of(context, "baseDelay", "maxDelay");
    long base = config.millis("baseDelay", DEFAULT_BASE_DELAY_MILLIS, 1, PolicyConfig.MAX_MILLIS);
    long max =
        config.millis(
            "maxDelay", Math.max(base, DEFAULT_MAX_DELAY_MILLIS), base, PolicyConfig.MAX_MILLIS);
    return new ExponentialReconnection(base, max, context.random().nextLong());
  }
}
