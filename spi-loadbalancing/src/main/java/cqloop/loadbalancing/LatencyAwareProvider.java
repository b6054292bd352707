package cqloop.loadbalancing;

import cqloop.spi.LoadBalancingPolicy;
import cqloop.spi.LoadBalancingProvider;
import cqloop.spi.PolicyConfig;
import cqloop.spi.PolicyContext;
import java.util.ArrayList;
import java.util.List;

/**
 * Provides {@code latency-aware}: the nodes of another policy, those much slower than the fastest
 * last.
 */
public final class LatencyAwareProvider implements LoadBalancingProvider {

  @Override
  public String name() {
    return "latency-aware";
  }

  @Override
  public LoadBalancingPolicy create(PolicyContext context) {
    List<String> keys = new ArrayList<>(List.of(LatencySettings.KEYS));
    keys.add("policy");
    PolicyConfig config = PolicyConfig.of(context, keys.toArray(new String[0]));
    return Chains.latencyAware(
        Chains.child(config, context), LatencySettings.read(config), context);
  }
}
