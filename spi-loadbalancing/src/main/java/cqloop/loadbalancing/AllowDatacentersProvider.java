package cqloop.loadbalancing;

import cqloop.spi.LoadBalancingPolicy;
import cqloop.spi.LoadBalancingProvider;
import cqloop.spi.PolicyConfig;
import cqloop.spi.PolicyContext;

/** Provides {@code allow-dcs}: another policy, but only the nodes of a list of data centres. */
public final class AllowDatacentersProvider implements LoadBalancingProvider {

  @Override
  public String name() {
    return "allow-dcs";
  }

  @Override
  public LoadBalancingPolicy create(PolicyContext context) {
    PolicyConfig config = PolicyConfig.of(context, "policy", "datacenters");
    return Chains.datacenters(
        Chains.child(config, context), Chains.listed(config, "datacenters"), true);
  }
}
