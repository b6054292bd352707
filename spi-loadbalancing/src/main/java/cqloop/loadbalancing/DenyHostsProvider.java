package cqloop.loadbalancing;

import cqloop.spi.LoadBalancingPolicy;
import cqloop.spi.LoadBalancingProvider;
import cqloop.spi.PolicyConfig;
import cqloop.spi.PolicyContext;

/** Provides {@code deny-hosts}: another policy, without the nodes of a list of hosts. */
public final class DenyHostsProvider implements LoadBalancingProvider {

  @Override
  public String name() {
    return "deny-hosts";
  }

  @Override
  public LoadBalancingPolicy create(PolicyContext context) {
    PolicyConfig config = PolicyConfig.of(context, "policy", "hosts");
    return Chains.hosts(
        Chains.child(config, context), "hosts", Chains.listed(config, "hosts"), false, context);
  }
}
