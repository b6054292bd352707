package com.acme.rackfirst;

import cqloop.spi.LoadBalancingPolicy;
import cqloop.spi.LoadBalancingProvider;
import cqloop.spi.PolicyConfig;
import cqloop.spi.PolicyContext;

/** Provides {@code rack-first}, with the key {@code rack}. */
public final class RackFirstProvider implements LoadBalancingProvider {

  @Override
  public String name() {
    return "rack-first";
  }

  @Override
  public LoadBalancingPolicy create(PolicyContext context) {
    return new RackFirst(PolicyConfig.of(context, "rack").text("rack"));
  }
}
