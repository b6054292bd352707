package cqloop.netty.cluster;

import cqloop.metadata.Node;
import java.util.AbstractList;
import java.util.List;
import java.util.Objects;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/**
 * Value. The replicas of one position of a ring. A large cluster has a hundred thousand of these,
 * and each request reads another one, from memory that no cache holds: the three that most
 * keyspaces have are in the object itself, which is one place to read instead of two.
 */
final class ReplicaList extends AbstractList<Node> implements RandomAccess {

  private static final int OWN = 3;
  private static final Node[] NONE = {};

  private final int size;
  private final @Nullable Node first;
  private final @Nullable Node second;
  private final @Nullable Node third;
  private final Node[] others;

  private ReplicaList(List<Node> nodes) {
    size = nodes.size();
    first = size > 0 ? nodes.get(0) : null;
    second = size > 1 ? nodes.get(1) : null;
    third = size > 2 ? nodes.get(2) : null;
    others = size > OWN ? nodes.subList(OWN, size).toArray(NONE) : NONE;
  }

  /** Returns a list of these nodes that never changes. */
  static List<Node> of(List<Node> nodes) {
    return new ReplicaList(nodes);
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public Node get(int index) {
    Objects.checkIndex(index, size);
    Node node =
        switch (index) {
          case 0 -> first;
          case 1 -> second;
          case 2 -> third;
          default -> others[index - OWN];
        };
    return Objects.requireNonNull(node);
  }
}
