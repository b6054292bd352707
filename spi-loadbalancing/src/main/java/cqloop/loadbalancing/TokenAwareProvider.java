package cqloop.loadbalancing;

import cqloop.spi.LoadBalancingPolicy;
import cqloop.spi.LoadBalancingProvider;
import cqloop.spi.PolicyConfig;
import cqloop.spi.PolicyContext;

/**
 * Provides {@code token-aware}: the replicas of the partition first, then the nodes of another
 * policy.
 */
public final class TokenAwareProvider implements LoadBalancingProvider {

  @Override
  public String name() {
    return "token-aware";
  }

  @Override
  public LoadBalancingPolicy create(PolicyContext context) {
    PolicyConfig config = PolicyConfig.of(context, "policy", "shuffleReplicas", "leastBusy");
    return Chains.tokenAware(Chains.child(config, context), config, context);
  }
}
