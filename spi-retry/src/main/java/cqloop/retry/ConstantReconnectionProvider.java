package cqloop.retry;

import cqloop.spi.PolicyConfig;
import cqloop.spi.PolicyContext;
import cqloop.spi.ReconnectionPolicy;
import cqloop.spi.ReconnectionProvider;

/** Provides {@code constant}: waits the same time before each attempt to connect. */
public final class ConstantReconnectionProvider implements ReconnectionProvider {

  static final long DEFAULT_DELAY_MILLIS = 2000;

  @Override
  public String name() {
    return "constant";
  }

  @Override
  public ReconnectionPolicy create(PolicyContext context) {
    PolicyConfig config = PolicyConfig.of(context, "delay");
    long delay = config.millis("delay", DEFAULT_DELAY_MILLIS, 1, PolicyConfig.MAX_MILLIS);
    ReconnectionPolicy.Schedule schedule = () -> delay;
    return () -> schedule;
  }
}
