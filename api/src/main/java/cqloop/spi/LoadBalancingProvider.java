package cqloop.spi;

/** Provides load balancing policies. */
public interface LoadBalancingProvider extends PolicyProvider<LoadBalancingPolicy> {}
