package cqloop.retry;

import cqloop.spi.PolicyContext;
import cqloop.spi.RetryPolicy;
import cqloop.spi.RetryProvider;

/** Provides {@code default}: repeats where it helps and cannot do harm. */
public final class DefaultRetryProvider implements RetryProvider {

  @Override
  public String name() {
    return "default";
  }

  @Override
  public RetryPolicy create(PolicyContext context) {
    return RetryLimits.apply(new DefaultRetry(), context);
  }
}
