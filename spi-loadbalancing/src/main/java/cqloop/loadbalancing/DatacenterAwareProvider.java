package cqloop.loadbalancing;

import cqloop.spi.LoadBalancingPolicy;
import cqloop.spi.LoadBalancingProvider;
import cqloop.spi.PolicyConfig;
import cqloop.spi.PolicyContext;

/**
 * Provides {@code dc-aware}: the nodes of the local data centre in turn, then perhaps remote ones.
 */
public final class DatacenterAwareProvider implements LoadBalancingProvider {

  @Override
  public String name() {
    return "dc-aware";
  }

  @Override
  public LoadBalancingPolicy create(PolicyContext context) {
    PolicyConfig config =
        PolicyConfig.of(
            context,
            Chains.LOCAL_DATACENTER,
            Chains.MAX_REMOTE,
            Chains.REMOTE_DATACENTERS,
            Chains.REMOTE_FOR_LOCAL);
    return Chains.datacenter(config, "", context);
  }
}
