package cqloop.netty.schema;

import cqloop.metadata.SchemaUpdate;

/** Home-loop-owned. Hears what changed in the schema. */
@FunctionalInterface
public interface SchemaObserver {

  /** One difference of a newer snapshot from the one before it, in order. */
  void onUpdate(SchemaUpdate update);
}
