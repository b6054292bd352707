package cqloop.netty.it;

import cqloop.spi.PolicyConfig;
import cqloop.spi.PolicyContext;
import cqloop.spi.RetryPolicy;
import cqloop.spi.RetryProvider;
import cqloop.spi.RetryVerdict;
import java.util.concurrent.atomic.AtomicInteger;

/** The retry policy "counting": it repeats nothing, and how often it is made is counted. */
final class CountingRetry implements RetryProvider {

  final AtomicInteger made = new AtomicInteger();

  @Override
  public String name() {
    return "counting";
  }

  @Override
  public RetryPolicy create(PolicyContext context) {
    PolicyConfig.of(context, "key");
    made.incrementAndGet();
    return failure -> RetryVerdict.RETHROW;
  }
}
