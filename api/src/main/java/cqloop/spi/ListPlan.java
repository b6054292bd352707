package cqloop.spi;

import cqloop.metadata.Node;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Loop-owned. Gives the nodes of a list in order. */
final class ListPlan implements QueryPlan {

  private final List<Node> nodes;
  private int next;

  ListPlan(List<Node> nodes) {
    this.nodes = nodes;
  }

  @Override
  public @Nullable Node next() {
    return next < nodes.size() ? nodes.get(next++) : null;
  }
}
