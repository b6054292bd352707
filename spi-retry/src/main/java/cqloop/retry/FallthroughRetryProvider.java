package cqloop.retry;

import cqloop.spi.PolicyContext;
import cqloop.spi.RetryPolicy;
import cqloop.spi.RetryProvider;
import java.util.Set;

/** Provides {@code fallthrough}: repeats nothing. */
public final class FallthroughRetryProvider implements RetryProvider {

  @Override
  public String name() {
    return "fallthrough";
  }

  @Override
  public RetryPolicy create(PolicyContext context) {
    context.requireKeys(Set.of());
    return new FallthroughRetry();
  }
}
