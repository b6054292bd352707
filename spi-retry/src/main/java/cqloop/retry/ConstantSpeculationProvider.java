package cqloop.retry;

import cqloop.spi.PolicyConfig;
import cqloop.spi.PolicyContext;
import cqloop.spi.SpeculativeExecutionPolicy;
import cqloop.spi.SpeculativeExecutionProvider;
import java.util.concurrent.TimeUnit;

/** Provides {@code constant}: asks one more node each time a fixed delay has passed. */
public final class ConstantSpeculationProvider implements SpeculativeExecutionProvider {

  static final int DEFAULT_MAX_EXECUTIONS = 1;

  @Override
  public String name() {
    return "constant";
  }

  @Override
  public SpeculativeExecutionPolicy create(PolicyContext context) {
    PolicyConfig config = PolicyConfig.of(context, "delay", "maxExecutions");
    long delayNanos =
        TimeUnit.MILLISECONDS.toNanos(config.millis("delay", 0, PolicyConfig.MAX_MILLIS));
    int max = config.number("maxExecutions", DEFAULT_MAX_EXECUTIONS, 1, 100);
    return (node, started) -> started < max ? delayNanos : -1;
  }
}
