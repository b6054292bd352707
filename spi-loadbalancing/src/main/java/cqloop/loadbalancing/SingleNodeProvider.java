package cqloop.loadbalancing;

import cqloop.spi.LoadBalancingPolicy;
import cqloop.spi.LoadBalancingProvider;
import cqloop.spi.PolicyConfig;
import cqloop.spi.PolicyContext;
import java.util.List;

/** Provides {@code single-node}: one node and no other. */
public final class SingleNodeProvider implements LoadBalancingProvider {

  @Override
  public String name() {
    return "single-node";
  }

  @Override
  public LoadBalancingPolicy create(PolicyContext context) {
    PolicyConfig config = PolicyConfig.of(context, "node");
    return new SingleNodePolicy(HostList.of("node", List.of(config.text("node")), context));
  }
}
