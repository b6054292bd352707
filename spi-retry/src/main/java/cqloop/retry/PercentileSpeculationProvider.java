package cqloop.retry;

import cqloop.spi.PolicyConfig;
import cqloop.spi.PolicyContext;
import cqloop.spi.SpeculativeExecutionPolicy;
import cqloop.spi.SpeculativeExecutionProvider;
import java.util.concurrent.TimeUnit;

/**
 * Provides {@code percentile}: asks one more node when an answer takes longer than nearly all
 * recent answers of this event loop did.
 */
public final class PercentileSpeculationProvider implements SpeculativeExecutionProvider {

  static final double DEFAULT_PERCENTILE = 99;
  static final int DEFAULT_MAX_EXECUTIONS = 1;
  static final int DEFAULT_MIN_SAMPLES = 100;
  static final long DEFAULT_WINDOW_MILLIS = 60_000;
  static final long DEFAULT_UPDATE_MILLIS = 1000;

  @Override
  public String name() {
    return "percentile";
  }

  @Override
  public SpeculativeExecutionPolicy create(PolicyContext context) {
    PolicyConfig config =
        PolicyConfig.of(
            context,
            "percentile",
            "maxExecutions",
            "minSamples",
            "window",
            "updateInterval",
            "minDelay");
    double percentile = config.decimal("percentile", DEFAULT_PERCENTILE, 1, 99.999);
    int max = config.number("maxExecutions", DEFAULT_MAX_EXECUTIONS, 1, 100);
    int minSamples = config.number("minSamples", DEFAULT_MIN_SAMPLES, 1, 1_000_000);
    long window = config.millis("window", DEFAULT_WINDOW_MILLIS, 2, PolicyConfig.MAX_MILLIS);
    long update =
        config.millis("updateInterval", DEFAULT_UPDATE_MILLIS, 1, PolicyConfig.MAX_MILLIS);
    long minDelay = config.millis("minDelay", 0, 0, PolicyConfig.MAX_MILLIS);
    RecentLatencies latencies =
        new RecentLatencies(TimeUnit.MILLISECONDS.toNanos(window), context::nanoTime);
    return new PercentileSpeculation(
        latencies,
        new PercentileSpeculation.Settings(
            percentile,
            max,
            minSamples,
            TimeUnit.MILLISECONDS.toNanos(update),
            TimeUnit.MILLISECONDS.toNanos(minDelay)),
        context::nanoTime);
  }
}
