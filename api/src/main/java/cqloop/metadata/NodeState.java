package cqloop.metadata;

import io.vertx.codegen.annotations.VertxGen;

/** Value. What the driver believes of a node. */
@VertxGen
public enum NodeState {
  /** Known, but no connection was tried yet. */
  UNKNOWN,
  /** At least one connection is open. */
  UP,
  /** The last connection was lost or none could be opened. */
  DOWN
}
