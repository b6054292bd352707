package cqloop.netty.engine;

import cqloop.DerivedProfile;
import cqloop.metadata.Node;
import cqloop.metadata.Topology;
import cqloop.spi.NodeDistance;
import io.netty.channel.EventLoop;
import io.vertx.core.internal.logging.Logger;
import io.vertx.core.internal.logging.LoggerFactory;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Loop-owned. The execution profiles of one loop: those of the session, by their place, and those
 * that statements derive from them, of which the ones used last are kept.
 */
final class LoopProfiles {

  /** Derived profiles that are kept, with what their policies have learnt. */
  static final int MAX_DERIVED = 64;

  private static final Logger LOG = LoggerFactory.getLogger(LoopProfiles.class);

  private final PolicySource source;
  private final EventLoop loop;
  private final Map<Key, LoopProfile> derived = new LinkedHashMap<>(16, 0.75f, true);
  private List<LoopProfile> all = List.of();
  private boolean warned;

  /**
   * Value. What a derived profile is made of.
   *
   * @param base place of the profile that gives what the statement leaves open
   */
  private record Key(int base, DerivedProfile own) {}

  LoopProfiles(PolicySource source, EventLoop loop) {
    this.source = source;
    this.loop = loop;
  }

  LoopProfile get(int index) {
    return all.get(index);
  }

  /** Returns those of the session; empty before the start. */
  List<LoopProfile> all() {
    return all;
  }

  /** Makes those of the session. */
  void create() {
    all = source.create(loop);
  }

  /** Replaces those of the session; what statements derive from them is made anew. */
  void replace(List<LoopProfile> newer) {
    all = newer;
    derived.clear();
  }

  /**
   * Returns a profile of the session with what a statement changes of it.
   *
   * @throws IllegalArgumentException when it names a policy that does not exist, or that refuses
   *     its configuration
   */
  LoopProfile derived(int base, DerivedProfile own, Topology topology) {
    Key key = new Key(base, own);
    LoopProfile known = derived.get(key);
    if (known != null) {
      return known;
    }
    LoopProfile made = source.derive(all.get(base), own, loop);
    if (ownsLoadBalancing(key, made)) {
      made.loadBalancing().onTopology(topology);
    }
    if (derived.size() == MAX_DERIVED) {
      forgetEldest();
    }
    derived.put(key, made);
    return made;
  }

  /** Lets every policy look at the cluster. */
  void onTopology(Topology topology) {
    for (LoopProfile profile : all) {
      profile.loadBalancing().onTopology(topology);
    }
    derived.forEach(
        (key, profile) -> {
          if (ownsLoadBalancing(key, profile)) {
            profile.loadBalancing().onTopology(topology);
          }
        });
  }

  /**
   * Returns how near a node is to that of the session's profiles to which it is nearest. Derived
   * ones do not count: a single statement opens no connections.
   */
  NodeDistance nearest(Node node) {
    NodeDistance nearest = NodeDistance.IGNORED;
    for (int i = 0; i < all.size(); i++) {
      NodeDistance distance = all.get(i).loadBalancing().distance(node);
      nearest = distance.compareTo(nearest) < 0 ? distance : nearest;
    }
    return nearest;
  }

  private boolean ownsLoadBalancing(Key key, LoopProfile profile) {
    return profile.loadBalancing() != all.get(key.base()).loadBalancing();
  }

  private void forgetEldest() {
    if (!warned) {
      warned = true;
      LOG.warn(
          "Statements use more than "
              + MAX_DERIVED
              + " different profile options on one event loop: policies are made again and again."
              + " Use fewer, or give them names as execution profiles");
    }
    Iterator<Key> eldest = derived.keySet().iterator();
    eldest.next();
    eldest.remove();
  }
}
