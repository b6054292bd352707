package cqloop.retry;

import cqloop.spi.ReconnectionPolicy;
import cqloop.spi.RetryPolicy;
import cqloop.spi.SpeculativeExecutionPolicy;
import cqloop.spi.Throttle;
import cqloop.spi.TimestampProvider;
import cqloop.testkit.tck.ReconnectionTck;
import cqloop.testkit.tck.RetryTck;
import cqloop.testkit.tck.SpeculativeExecutionTck;
import cqloop.testkit.tck.TckContext;
import cqloop.testkit.tck.ThrottleTck;
import cqloop.testkit.tck.TimestampTck;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Nested;

/** Every policy of this module keeps to what the testkit asks of its role. */
class RetryTcksTest {

  @Nested
  class Default extends RetryTck {
    @Override
    protected RetryPolicy policy() {
      return new DefaultRetryProvider().create(TckContext.create());
    }
  }

  @Nested
  class DefaultWithAllLimits extends RetryTck {
    @Override
    protected RetryPolicy policy() {
      return new DefaultRetryProvider()
          .create(
              TckContext.create(
                  new JsonObject()
                      .put("maxAttempts", 3)
                      .put("baseDelay", 10)
                      .put("maxDelay", 100)
                      .put("jitter", 100)
                      .put("budget", 0.5)
                      .put("budgetPercent", 10)
                      .put("budgetBurst", 5)));
    }
  }

  @Nested
  class Fallthrough extends RetryTck {
    @Override
    protected RetryPolicy policy() {
      return new FallthroughRetryProvider().create(TckContext.create());
    }
  }

  @Nested
  class Downgrading extends RetryTck {
    @Override
    protected RetryPolicy policy() {
      return new DowngradingRetryProvider().create(TckContext.create());
    }
  }

  @Nested
  class Logging extends RetryTck {
    @Override
    protected RetryPolicy policy() {
      return new LoggingRetry(new DefaultRetryProvider().create(TckContext.create()), "p", s -> {});
    }
  }

  @Nested
  class NoSpeculation extends SpeculativeExecutionTck {
    @Override
    protected SpeculativeExecutionPolicy policy() {
      return new NoSpeculationProvider().create(TckContext.create());
    }
  }

  @Nested
  class ConstantSpeculation extends SpeculativeExecutionTck {
    @Override
    protected SpeculativeExecutionPolicy policy() {
      return new ConstantSpeculationProvider()
          .create(TckContext.create(new JsonObject().put("delay", 5).put("maxExecutions", 3)));
    }
  }

  @Nested
  class Percentile extends SpeculativeExecutionTck {
    private final TckContext context = TckContext.create();

    @Override
    protected SpeculativeExecutionPolicy policy() {
      return new PercentileSpeculationProvider().create(context);
    }

    @Override
    protected void prepare(SpeculativeExecutionPolicy policy) {
      context.advanceMillis(PercentileSpeculationProvider.DEFAULT_UPDATE_MILLIS);
    }
  }

  @Nested
  class ConstantReconnection extends ReconnectionTck {
    @Override
    protected ReconnectionPolicy policy() {
      return new ConstantReconnectionProvider().create(TckContext.create());
    }
  }

  @Nested
  class Exponential extends ReconnectionTck {
    @Override
    protected ReconnectionPolicy policy() {
      return new ExponentialReconnectionProvider().create(TckContext.create());
    }
  }

  @Nested
  class Monotonic extends TimestampTck {
    @Override
    protected TimestampProvider provider() {
      return new MonotonicTimestampsProvider();
    }

    @Override
    protected boolean ordersTheWholeSession() {
      return true;
    }
  }

  @Nested
  class MonotonicLoop extends TimestampTck {
    @Override
    protected TimestampProvider provider() {
      return new MonotonicLoopTimestampsProvider();
    }

    @Override
    protected boolean ordersTheWholeSession() {
      return false;
    }
  }

  @Nested
  class ServerSide extends TimestampTck {
    @Override
    protected TimestampProvider provider() {
      return new ServerSideTimestampsProvider();
    }

    @Override
    protected boolean ordersTheWholeSession() {
      return false;
    }
  }

  @Nested
  class NoThrottle extends ThrottleTck {
    @Override
    protected Throttle policy() {
      return new NoThrottleProvider().create(TckContext.create());
    }

    @Override
    protected void advanceNanos(long nanos) {}
  }

  @Nested
  class Concurrency extends ThrottleTck {
    @Override
    protected Throttle policy() {
      return new ConcurrencyThrottleProvider()
          .create(TckContext.create(new JsonObject().put("maxConcurrent", 3)));
    }

    @Override
    protected void advanceNanos(long nanos) {}
  }

  @Nested
  class Rate extends ThrottleTck {
    private final TckContext context =
        TckContext.create(new JsonObject().put("perSecond", 37.5).put("burst", 2));

    @Override
    protected Throttle policy() {
      return new RateThrottleProvider().create(context);
    }

    @Override
    protected void advanceNanos(long nanos) {
      context.advanceNanos(nanos);
    }
  }
}
