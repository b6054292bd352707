package cqloop.retry;

import cqloop.spi.PolicyContext;
import cqloop.spi.RetryPolicy;
import cqloop.spi.RetryProvider;

/** Provides {@code downgrading}: asks for less consistency when there is no more to have. */
public final class DowngradingRetryProvider implements RetryProvider {

  @Override
  public String name() {
    return "downgrading";
  }

  @Override
  public RetryPolicy create(PolicyContext context) {
    return RetryLimits.apply(new DowngradingRetry(), context);
  }
}
