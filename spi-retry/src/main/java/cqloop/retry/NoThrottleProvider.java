package cqloop.retry;

import cqloop.spi.PolicyContext;
import cqloop.spi.Throttle;
import cqloop.spi.ThrottleProvider;
import java.util.Set;

/** Provides {@code none}: every request begins at once. */
public final class NoThrottleProvider implements ThrottleProvider {

  @Override
  public String name() {
    return "none";
  }

  @Override
  public Throttle create(PolicyContext context) {
    context.requireKeys(Set.of());
    return Throttle.NONE;
  }
}
