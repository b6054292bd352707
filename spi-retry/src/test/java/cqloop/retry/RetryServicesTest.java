package cqloop.retry;

import cqloop.spi.ReconnectionProvider;
import cqloop.spi.RetryProvider;
import cqloop.spi.SpeculativeExecutionProvider;
import cqloop.spi.ThrottleProvider;
import cqloop.spi.TimestampProvider;
import cqloop.testkit.tck.ServicesTck;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

class RetryServicesTest extends ServicesTck {

  @Override
  protected Class<?> inTheJar() {
    return DefaultRetryProvider.class;
  }

  @Override
  protected Map<Class<?>, Set<String>> policies() {
    return Map.of(
        RetryProvider.class,
        Set.of("default", "downgrading", "fallthrough", "logging"),
        SpeculativeExecutionProvider.class,
        Set.of("constant", "none", "percentile"),
        ReconnectionProvider.class,
        Set.of("constant", "exponential"),
        ThrottleProvider.class,
        Set.of("concurrency", "none", "rate"),
        TimestampProvider.class,
        Set.of("monotonic", "monotonic-loop", "server-side"));
  }

  @Override
  protected Path documentation() {
    return Path.of("..", "docs", "policies.md");
  }
}
