package cqloop.loadbalancing;

import cqloop.metadata.Node;
import cqloop.spi.LoadBalancingPolicy;
import cqloop.spi.LoadBalancingProvider;
import cqloop.spi.PolicyConfig;
import cqloop.spi.PolicyContext;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;

/** Value. Builds the policies of this module out of their configuration. */
final class Chains {

  static final String LOCAL_DATACENTER = "localDatacenter";
  static final String LOCAL_RACK = "localRack";
  static final String MAX_REMOTE = "maxRemotePerDatacenter";
  static final String REMOTE_DATACENTERS = "remoteDatacenters";
  static final String REMOTE_FOR_LOCAL = "allowRemoteForLocalConsistency";

  private Chains() {}

  static LoadBalancingPolicy roundRobin(PolicyContext context) {
    return new RoundRobinPolicy(
        topology -> new Tiers.Builder().local(topology.nodes()).build(true), start(context));
  }

  /** Returns the policy of data centre and rack; without rack when it is empty. */
  static LoadBalancingPolicy datacenter(PolicyConfig config, String rack, PolicyContext context) {
    List<String> order = config.texts(REMOTE_DATACENTERS);
    DatacenterRule.Remote remote =
        new DatacenterRule.Remote(
            config.number(MAX_REMOTE, 0, 0, 100_000), order, config.flag(REMOTE_FOR_LOCAL, false));
    if (!order.isEmpty() && remote.maxPerDatacenter() == 0) {
      throw new IllegalArgumentException(
          "'%s' is %s, but '%s' is 0; expected 1 or more"
              .formatted(REMOTE_DATACENTERS, order, MAX_REMOTE));
    }
    LocalDatacenter local = new LocalDatacenter(config.text(LOCAL_DATACENTER, null), context);
    return new RoundRobinPolicy(new DatacenterRule(local, rack, remote), start(context));
  }

  static LoadBalancingPolicy tokenAware(
      LoadBalancingPolicy child, PolicyConfig config, PolicyContext context) {
    return new TokenAwarePolicy(
        child,
        config.flag("shuffleReplicas", true),
        config.flag("leastBusy", true),
        context.random());
  }

  static LoadBalancingPolicy latencyAware(
      LoadBalancingPolicy child, LatencySettings settings, PolicyContext context) {
    Latencies latencies =
        context
            .shared(Latencies.BySettings.class, Latencies.BySettings::new)
            .of(settings, context.nanoTime());
    return new LatencyAwarePolicy(child, latencies, context::nanoTime);
  }

  /** Returns the policy with the nodes of these hosts only, or without them. */
  static LoadBalancingPolicy hosts(
      LoadBalancingPolicy child,
      String key,
      List<String> hosts,
      boolean allowed,
      PolicyContext context) {
    Predicate<Node> list = HostList.of(key, hosts, context);
    return new FilterPolicy(child, allowed ? list : list.negate());
  }

  /** Returns the policy with the nodes of these data centres only, or without them. */
  static LoadBalancingPolicy datacenters(
      LoadBalancingPolicy child, List<String> datacenters, boolean allowed) {
    Set<String> names = Set.copyOf(datacenters);
    // A contact point that has not answered yet has none: it has to be asked before it can be
    // judged.
    return new FilterPolicy(
        child, node -> node.datacenter().isEmpty() || names.contains(node.datacenter()) == allowed);
  }

  /** Returns the policy that a decorator decorates: {@code dc-aware} unless it is told another. */
  static LoadBalancingPolicy child(PolicyConfig config, PolicyContext context) {
    JsonObject policy = config.object("policy", new JsonObject().put("name", "dc-aware"));
    return context.policy(LoadBalancingProvider.class, policy);
  }

  /** Returns a list that must have something in it. */
  static List<String> listed(PolicyConfig config, String key) {
    List<String> list = config.texts(key);
    if (list.isEmpty()) {
      throw PolicyConfig.wrong(key, list, "at least one");
    }
    return list;
  }

  static String rack(PolicyConfig config) {
    return Objects.requireNonNullElse(config.text(LOCAL_RACK, null), "");
  }

  private static int start(PolicyContext context) {
    return context.random().nextInt();
  }
}
