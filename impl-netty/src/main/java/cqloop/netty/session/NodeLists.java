package cqloop.netty.session;

import cqloop.PolicyOptions;
import cqloop.ProfileOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Value. Puts the lists of a profile around its load balancing, from the inside as rules 2.16 say:
 * without the denied hosts, with the allowed ones only, then the same with data centres. The lists
 * are policies like others, found by their names.
 */
final class NodeLists {

  private NodeLists() {}

  /** Returns the load balancing of a complete profile within its lists. */
  static PolicyOptions around(ProfileOptions profile) {
    PolicyOptions policy = Profiles.orElse(profile.getLoadBalancing(), PolicyOptions.DEFAULT_NAME);
    policy = filter("deny-hosts", "hosts", profile.getDenyHosts(), policy);
    policy = filter("allow-hosts", "hosts", profile.getAllowHosts(), policy);
    policy = filter("deny-dcs", "datacenters", profile.getDenyDatacenters(), policy);
    return filter("allow-dcs", "datacenters", profile.getAllowDatacenters(), policy);
  }

  private static PolicyOptions filter(
      String name, String key, @Nullable List<String> list, PolicyOptions inner) {
    return list == null || list.isEmpty()
        ? inner
        : new PolicyOptions(name)
            .setConfig(
                new JsonObject().put("policy", inner.toJson()).put(key, new JsonArray(list)));
  }
}
