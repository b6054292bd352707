package cqloop.netty.session;

import cqloop.metadata.Node;
import cqloop.metadata.NodeState;
import cqloop.metadata.Sharding;
import cqloop.metadata.Topology;
import cqloop.netty.engine.LoopEngine;
import cqloop.netty.engine.SharedState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Home-loop-owned. What the connections of all loops say of the nodes: a node is up while any loop
 * has a connection to it. Changes come in swarms, so they are published together, a moment later. A
 * node that comes and goes is connected, but counts as down until it has stayed for a while, unless
 * all the others do the same.
 */
final class NodeStates {

  private static final long GATHER_MILLIS = 20;

  /** Every policy of every loop looks at all nodes anew: the more there are, the more rarely. */
  private static final int NODES_PER_MILLI = 10;

  private final LoopEngine home;
  private final SharedState shared;
  private final Runnable publish;
  private final Map<Integer, Set<LoopEngine>> connected = new HashMap<>();
  private final Map<Integer, Change> changed = new HashMap<>();
  private final Flapping flapping = new Flapping();
  private final Map<Integer, ScheduledFuture<?>> held = new HashMap<>();
  private final Map<Integer, @Nullable UUID> hosts = new HashMap<>();
  private boolean closed;

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
        forget(node.index());
      }
      present.put(node.index(), node.hostId());
    }
    for (int index : hosts.keySet()) {
      if (!present.containsKey(index)) {
        forget(index);
      }
    }
    hosts.clear();
    hosts.putAll(present);
  }

  /** Forgets who is left out: the session is closed. */
  void close() {
    closed = true;
    held.values().forEach(timer -> timer.cancel(false));
    held.clear();
  }

  private void forget(int index) {
    connected.remove(index);
    flapping.forget(index);
    release(index);
  }

  void onUp(LoopEngine engine, Node node) {
    if (closed) {
      return; // Connections come and go until the last request has ended.
    }
    int index = node.index();
    boolean isFirst = !connected.containsKey(index);
    connected.computeIfAbsent(index, any -> new LinkedHashSet<>()).add(engine);
    if (held.containsKey(index)) {
      return; // It counts when it has stayed long enough.
    }
    long delay = isFirst ? flapping.onBack(index, now()) : 0;
    if (delay == 0 || !othersAreCalm(index)) {
      change(index, new Change(NodeState.UP, node.sharding()));
    } else {
      held.put(
          index,
          home.loop()
              .schedule(
                  () -> {
                    held.remove(index);
                    change(index, new Change(NodeState.UP, node.sharding()));
                  },
                  delay,
                  TimeUnit.NANOSECONDS));
    }
  }

  /** Leaving a node out makes sense only where another one serves well. */
  private boolean othersAreCalm(int index) {
    for (Node node : shared.topology().nodes()) {
      if (node.index() != index
          && node.state() == NodeState.UP
          && connected.containsKey(node.index())
          && flapping.isCalm(node.index())) {
        return true;
      }
    }
    return false;
  }

  private void release(int index) {
    ScheduledFuture<?> timer = held.remove(index);
    if (timer != null) {
      timer.cancel(false);
    }
  }

  private long now() {
    return home.loop().ticker().nanoTime();
  }

  void onDown(LoopEngine engine, Node node) {
    if (closed) {
      return;
    }
    Set<LoopEngine> engines = connected.get(node.index());
    if (engines != null) {
      engines.remove(engine);
    }
    if (engines == null || engines.isEmpty()) {
      if (connected.remove(node.index()) != null) {
        flapping.onLost(node.index(), now());
      }
      release(node.index());
      change(node.index(), new Change(NodeState.DOWN, node.sharding()));
    } else {
      // Perhaps it froze: a loop that is idle now would find out by its heartbeat only.
      for (LoopEngine other : engines) {
        other.loop().execute(() -> other.onNodeDown(node));
      }
    }
  }

  private void change(int index, Change change) {
    if (changed.isEmpty()) {
      int nodes = shared.topology().nodes().size();
      long millis = Math.max(GATHER_MILLIS, nodes / NODES_PER_MILLI);
      home.loop().schedule(this::publishChanges, millis, TimeUnit.MILLISECONDS);
    }
    changed.put(index, change);
  }

  private void publishChanges() {
    boolean differs = false;
    List<Node> nodes = new ArrayList<>();
    for (Node node : shared.topology().nodes()) {
      Change change = changed.get(node.index());
      if (change == null || change.isOf(node)) {
        nodes.add(node);
      } else {
        nodes.add(change.to(node));
        differs = true;
      }
    }
    changed.clear();
    if (differs) {
      shared.setCluster(shared.cluster().withNodes(nodes));
      publish.run();
    }
  }

  /** Value. What became of a node. */
  private record Change(NodeState state, @Nullable Sharding sharding) {

    boolean isOf(Node node) {
      return state == node.state() && Objects.equals(sharding, node.sharding());
    }

    Node to(Node node) {
      return node.withState(state).withSharding(sharding);
    }
  }
}
