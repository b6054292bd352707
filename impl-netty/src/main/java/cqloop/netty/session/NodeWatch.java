package cqloop.netty.session;

import cqloop.metadata.Node;
import cqloop.metadata.NodeListener;
import cqloop.metadata.NodeState;
import cqloop.metadata.Topology;
import io.netty.channel.EventLoop;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;

/**
 * Home-loop-owned, but for adding and removing. Tells listeners how one view of the cluster differs
 * from the one before: each on the context that it was added on, in the order of {@link
 * NodeListener}.
 */
final class NodeWatch {

  private record Registered(ContextInternal context, NodeListener listener) {}

  private final VertxInternal vertx;
  private final EventLoop home;
  private final List<Registered> listeners = new ArrayList<>();

  /** Nodes that listeners know of, and those of them that they believe to be up. */
  private final Set<UUID> known = new HashSet<>();

  private final Set<UUID> up = new HashSet<>();
  private Topology before = new Topology(0, "", "", List.of());

  NodeWatch(VertxInternal vertx, EventLoop home) {
    this.vertx = vertx;
    this.home = home;
  }

  /** Adds a listener, to be called on the context of the caller. */
  void add(NodeListener listener) {
    Registered registered = new Registered(vertx.getOrCreateContext(), listener);
    onHome(() -> listeners.add(registered));
  }

  void remove(NodeListener listener) {
    onHome(() -> listeners.removeIf(registered -> registered.listener() == listener));
  }

  /** Forgets the listeners: the session is closed. */
  void close() {
    listeners.clear();
  }

  /** The session has a newer view of the cluster. */
  void onTopology(Topology topology) {
    for (Node node : before.nodes()) {
      UUID hostId = node.hostId();
      if (hostId != null && topology.node(hostId) == null && known.remove(hostId)) {
        if (up.remove(hostId)) {
          tell(node.withState(NodeState.DOWN), NodeListener::onDown);
        }
        tell(node, NodeListener::onRemove);
      }
    }
    for (Node node : topology.nodes()) {
      UUID hostId = node.hostId();
      // A contact point that has not answered is no node yet.
      if (hostId != null) {
        if (known.add(hostId)) {
          tell(node, NodeListener::onAdd);
        }
        if (node.state() == NodeState.UP && up.add(hostId)) {
          tell(node, NodeListener::onUp);
        } else if (node.state() == NodeState.DOWN && up.remove(hostId)) {
          tell(node, NodeListener::onDown);
        }
      }
    }
    before = topology;
  }

  private void tell(Node node, BiConsumer<NodeListener, Node> call) {
    for (Registered registered : List.copyOf(listeners)) {
      NodeListener listener = registered.listener();
      registered.context().emit(node, told -> call.accept(listener, told));
    }
  }

  private void onHome(Runnable task) {
    if (home.inEventLoop()) {
      task.run();
    } else {
      home.execute(task);
    }
  }
}
