package cqloop.netty.cluster;

import cqloop.metadata.Node;
import cqloop.metadata.NodeState;
import cqloop.metadata.Topology;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Home-loop-owned. The nodes that one round of the control connection tries, one after the other.
 * Nodes that are up come first; the one that was lost just now comes after the others, because it
 * may be frozen and cost a timeout. The contact points come last, looked up anew: when all nodes
 * have moved to other addresses, the names still lead to the cluster.
 */
final class ControlRoute {

  private final ArrayDeque<Node> nodes;
  private final ContactPoints contactPoints;
  private final Set<String> tried = new HashSet<>();
  private boolean lookedUp;

  /**
   * @param preferred endpoint of the node to begin with, or null
   * @param lost endpoint of the node whose connection was lost, or null
   */
  ControlRoute(
      Topology topology,
      ContactPoints contactPoints,
      @Nullable String preferred,
      @Nullable String lost) {
    this.contactPoints = contactPoints;
    List<Node> known = new ArrayList<>(topology.nodes());
    known.sort(
        Comparator.comparing((Node node) -> !node.endpoint().equals(preferred))
            .thenComparing(node -> node.endpoint().equals(lost))
            .thenComparing(node -> node.state() != NodeState.UP));
    this.nodes = new ArrayDeque<>(known);
  }

  /**
   * Gives the next node, or null when all were tried.
   *
   * @param lookupFailed told why the contact points could not be looked up
   */
  void next(Consumer<@Nullable Node> taker, Consumer<Throwable> lookupFailed) {
    Node next = nodes.poll();
    if (next == null && !lookedUp) {
      lookUp(taker, lookupFailed);
      return;
    }
    if (next != null) {
      tried.add(next.endpoint());
    }
    taker.accept(next);
  }

  private void lookUp(Consumer<@Nullable Node> taker, Consumer<Throwable> lookupFailed) {
    lookedUp = true;
    contactPoints
        .resolve()
        .onComplete(
            (found, failure) -> {
              if (failure != null) {
                lookupFailed.accept(failure);
              } else {
                for (Node node : found) {
                  if (!tried.contains(node.endpoint())) {
                    nodes.add(node);
                  }
                }
              }
              next(taker, lookupFailed);
            });
  }
}
