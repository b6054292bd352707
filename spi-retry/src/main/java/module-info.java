/** Policies of time: retry, speculation, throttling, reconnection, write timestamps. */
module cqloop.retry {
  requires transitive cqloop.api;
  requires io.vertx.core.logging;
  requires static io.vertx.codegen.api;

  exports cqloop.retry;

  provides cqloop.spi.RetryProvider with
      cqloop.retry.DefaultRetryProvider,
      cqloop.retry.DowngradingRetryProvider,
      cqloop.retry.FallthroughRetryProvider,
      cqloop.retry.LoggingRetryProvider;
  provides cqloop.spi.SpeculativeExecutionProvider with
      cqloop.retry.ConstantSpeculationProvider,
      cqloop.retry.NoSpeculationProvider,
      cqloop.retry.PercentileSpeculationProvider;
  provides cqloop.spi.ReconnectionProvider with
      cqloop.retry.ConstantReconnectionProvider,
      cqloop.retry.ExponentialReconnectionProvider;
  provides cqloop.spi.ThrottleProvider with
      cqloop.retry.ConcurrencyThrottleProvider,
      cqloop.retry.NoThrottleProvider,
      cqloop.retry.RateThrottleProvider;
  provides cqloop.spi.TimestampProvider with
      cqloop.retry.MonotonicLoopTimestampsProvider,
      cqloop.retry.MonotonicTimestampsProvider,
      cqloop.retry.ServerSideTimestampsProvider;
}
