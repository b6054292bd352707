package cqloop.netty.cluster;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Value. How a keyspace is replicated, as its schema says. Keyspaces with equal settings share the
 * replicas that are computed for them.
 *
 * @param kind the strategy
 * @param copies full replicas of the whole ring (SIMPLE, under the empty name) or by data centre
 */
public record Replication(Kind kind, Map<String, Integer> copies) {

  /** Value. The strategies that servers know. */
  public enum Kind {
    SIMPLE,
    NETWORK_TOPOLOGY,
    EVERYWHERE,
    /** Local, or a strategy that is not known: nobody is a replica. */
    NONE
  }

  static final Replication NOWHERE = new Replication(Kind.NONE, Map.of());

  private static final String CLASS = "class";
  private static final String FACTOR = "replication_factor";

  /** Returns the replication that {@code system_schema.keyspaces} describes by these options. */
  public static Replication of(Map<String, String> options) {
    String strategy = options.getOrDefault(CLASS, "");
    if (strategy.endsWith("SimpleStrategy")) {
      Integer factor = fullReplicas(options.get(FACTOR));
      return factor == null ? NOWHERE : new Replication(Kind.SIMPLE, Map.of("", factor));
    }
    if (strategy.endsWith("EverywhereStrategy")) {
      return new Replication(Kind.EVERYWHERE, Map.of());
    }
    if (!strategy.endsWith("NetworkTopologyStrategy")) {
      return NOWHERE;
    }
    Map<String, Integer> copies = new TreeMap<>();
    options.forEach(
        (datacenter, factor) -> {
          Integer replicas = fullReplicas(factor);
          if (replicas != null && !datacenter.equals(CLASS) && !datacenter.equals(FACTOR)) {
            copies.put(datacenter, replicas);
          }
        });
    return new Replication(Kind.NETWORK_TOPOLOGY, Map.copyOf(copies));
  }

  /**
   * Returns the full replicas of for example {@code 3}, or of {@code 3/1}: three, one transient.
   */
  private static @Nullable Integer fullReplicas(@Nullable String factor) {
    if (factor == null) {
      return null;
    }
    int slash = factor.indexOf('/');
    try {
      return slash < 0
          ? Integer.parseInt(factor.trim())
          : Integer.parseInt(factor.substring(0, slash).trim())
              - Integer.parseInt(factor.substring(slash + 1).trim());
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
