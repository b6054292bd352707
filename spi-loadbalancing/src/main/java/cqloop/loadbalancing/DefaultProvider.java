package cqloop.loadbalancing;

import cqloop.spi.LoadBalancingPolicy;
import cqloop.spi.LoadBalancingProvider;
import cqloop.spi.PolicyConfig;
import cqloop.spi.PolicyContext;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * Provides {@code default}: the usual chain, by flags. From the inside: round-robin, data centre or
 * rack; without the denied and with the allowed hosts, then data centres; the replicas first; slow
 * nodes last. So the lists also decide which replicas are put in front.
 */
public final class DefaultProvider implements LoadBalancingProvider {

  private static final String ROUND_ROBIN = "roundRobin";

  @Override
  public String name() {
    return "default";
  }

  @Override
  public LoadBalancingPolicy create(PolicyContext context) {
    PolicyConfig config =
        PolicyConfig.of(
            context,
            ROUND_ROBIN,
            Chains.LOCAL_DATACENTER,
            Chains.LOCAL_RACK,
            Chains.MAX_REMOTE,
            Chains.REMOTE_DATACENTERS,
            Chains.REMOTE_FOR_LOCAL,
            "allowHosts",
            "denyHosts",
            "allowDatacenters",
            "denyDatacenters",
            "tokenAware",
            "shuffleReplicas",
            "leastBusy",
            "latencyAware");
    LoadBalancingPolicy policy = filtered(base(config, context), config, context);
    if (config.flag("tokenAware", true)) {
      policy = Chains.tokenAware(policy, config, context);
    }
    return latencyAware(policy, config, context);
  }

  private static LoadBalancingPolicy base(PolicyConfig config, PolicyContext context) {
    if (!config.flag(ROUND_ROBIN, false)) {
      return Chains.datacenter(config, Chains.rack(config), context);
    }
    for (String key :
        List.of(
            Chains.LOCAL_DATACENTER,
            Chains.LOCAL_RACK,
            Chains.MAX_REMOTE,
            Chains.REMOTE_DATACENTERS,
            Chains.REMOTE_FOR_LOCAL)) {
      if (config.has(key)) {
        throw new IllegalArgumentException(
            "'%s' has no meaning with '%s': it takes all nodes; expected one of the two"
                .formatted(key, ROUND_ROBIN));
      }
    }
    return Chains.roundRobin(context);
  }

  private static LoadBalancingPolicy filtered(
      LoadBalancingPolicy base, PolicyConfig config, PolicyContext context) {
    LoadBalancingPolicy policy = base;
    List<String> list = config.texts("denyHosts");
    if (!list.isEmpty()) {
      policy = Chains.hosts(policy, "denyHosts", list, false, context);
    }
    list = config.texts("allowHosts");
    if (!list.isEmpty()) {
      policy = Chains.hosts(policy, "allowHosts", list, true, context);
    }
    list = config.texts("denyDatacenters");
    if (!list.isEmpty()) {
      policy = Chains.datacenters(policy, list, false);
    }
    list = config.texts("allowDatacenters");
    return list.isEmpty() ? policy : Chains.datacenters(policy, list, true);
  }

  /** The key is true for the default settings, or an object with those that differ. */
  private static LoadBalancingPolicy latencyAware(
      LoadBalancingPolicy policy, PolicyConfig config, PolicyContext context) {
    Object value = context.config().getValue("latencyAware");
    if (value instanceof JsonObject settings) {
      return Chains.latencyAware(policy, LatencySettings.read(nested(settings)), context);
    }
    return config.flag("latencyAware", false)
        ? Chains.latencyAware(policy, LatencySettings.read(nested(new JsonObject())), context)
        : policy;
  }

  private static PolicyConfig nested(JsonObject settings) {
    return PolicyConfig.within("latencyAware", settings, LatencySettings.KEYS);
  }
}
