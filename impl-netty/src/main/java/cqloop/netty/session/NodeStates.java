package cqloop.netty.session;

import cqloop.metadata.Node;
import cqloop.metadata.NodeState;
import cqloop.metadata.Topology;
import cqloop.netty.engine.LoopEngine;
import cqloop.netty.engine.SharedState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Home-loop-owned. What the connections of all loops say of the nodes: a node is up while any loop
 * has a connection to it. Changes come in swarms, so they are published together, a moment later.
 */
final class NodeStates {

  private static final long GATHER_MILLIS = 20;

  private final LoopEngine home;
  private final SharedState shared;
  private final Runnable publish;
  private final Map<Integer, Set<LoopEngine>> connected = new HashMap<>();
  private final Map<Integer, NodeState> changed = new HashMap<>();
  private final Map<Integer, @Nullable UUID> hosts = new HashMap<>();

  /**
   * @param publish called on the home loop after the shared state has changed
   */
  NodeStates(LoopEngine home, SharedState shared, Runnable publish) {
    this.home = home;
    this.shared = shared;
    this.publish = publish;
  }

  /** Forgets what is known of places that have another node now, or none. */
  void onCluster(Topology topology) {
    Map<Integer, @Nullable UUID> present = new HashMap<>();
    for (Node node : topology.nodes()) {
      UUID before = hosts.get(node.index());
      if (before != null && !before.equals(node.hostId())) {
        connected.remove(node.index());
      }
      present.put(node.index(), node.hostId());
    }
    connected.keySet().retainAll(present.keySet());
    hosts.clear();
    hosts.putAll(present);
  }

  void onUp(LoopEngine engine, Node node) {
    connected.computeIfAbsent(node.index(), index -> new HashSet<>()).add(engine);
    change(node.index(), NodeState.UP);
  }

  void onDown(LoopEngine engine, Node node) {
    Set<LoopEngine> engines = connected.get(node.index());
    if (engines != null) {
      engines.remove(engine);
    }
    if (engines == null || engines.isEmpty()) {
      connected.remove(node.index());
      change(node.index(), NodeState.DOWN);
    } else {
      // Perhaps it froze: a loop that is idle now would find out by its heartbeat only.
      for (LoopEngine other : engines) {
        other.loop().execute(() -> other.onNodeDown(node));
      }
    }
  }

  private void change(int index, NodeState state) {
    if (changed.isEmpty()) {
      home.loop().schedule(this::publishChanges, GATHER_MILLIS, TimeUnit.MILLISECONDS);
    }
    changed.put(index, state);
  }

  private void publishChanges() {
    boolean differs = false;
    List<Node> nodes = new ArrayList<>();
    for (Node node : shared.topology().nodes()) {
      NodeState state = changed.getOrDefault(node.index(), node.state());
      differs |= state != node.state();
      nodes.add(state == node.state() ? node : node.withState(state));
    }
    changed.clear();
    if (differs) {
      shared.setCluster(shared.cluster().withNodes(nodes));
      publish.run();
    }
  }
}
