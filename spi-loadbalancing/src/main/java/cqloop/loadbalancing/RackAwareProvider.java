package cqloop.loadbalancing;

import cqloop.spi.LoadBalancingPolicy;
import cqloop.spi.LoadBalancingProvider;
import cqloop.spi.PolicyConfig;
import cqloop.spi.PolicyContext;

/**
 * Provides {@code rack-aware}: the local rack, then the local data centre, then perhaps remote
 * nodes.
 */
public final class RackAwareProvider implements LoadBalancingProvider {

  @Override
  public String name() {
    return "rack-aware";
  }

  @Override
  public LoadBalancingPolicy create(PolicyContext context) {
    PolicyConfig config =
        PolicyConfig.of(
            context,
            Chains.LOCAL_DATACENTER,
            Chains.LOCAL_RACK,
            Chains.MAX_REMOTE,
            Chains.REMOTE_DATACENTERS,
            Chains.REMOTE_FOR_LOCAL);
    return Chains.datacenter(config, config.text(Chains.LOCAL_RACK), context);
  }
}
