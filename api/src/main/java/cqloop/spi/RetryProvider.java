package cqloop.spi;

/** Provides retry policies. */
public interface RetryProvider extends PolicyProvider<RetryPolicy> {}
