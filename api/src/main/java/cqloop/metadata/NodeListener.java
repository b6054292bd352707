package cqloop.metadata;

/**
 * Hears what becomes of the nodes; called on the context on which it was added. Of one node it
 * hears in this order: added, up, then down and up in turn, and at last removed, which comes after
 * down when it was up. What was so before it was added is in {@link cqloop.CqlSession#topology}.
 */
public interface NodeListener {

  /** The cluster has a node that it had not. */
  default void onAdd(Node node) {}

  /** The session has its first connection to the node. */
  default void onUp(Node node) {}

  /** The session has lost its last connection to the node. */
  default void onDown(Node node) {}

  /** The node has left the cluster. */
  default void onRemove(Node node) {}
}
