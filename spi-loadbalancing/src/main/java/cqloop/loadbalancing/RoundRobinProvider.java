package cqloop.loadbalancing;

import cqloop.spi.LoadBalancingPolicy;
import cqloop.spi.LoadBalancingProvider;
import cqloop.spi.PolicyContext;
import java.util.Set;

/** Provides {@code round-robin}: all nodes of all data centres in turn. */
public final class RoundRobinProvider implements LoadBalancingProvider {

  @Override
  public String name() {
    return "round-robin";
  }

  @Override
  public LoadBalancingPolicy create(PolicyContext context) {
    context.requireKeys(Set.of());
    return Chains.roundRobin(context);
  }
}
