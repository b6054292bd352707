package cqloop.metadata;

/** Hears what changed in the schema; called on the context on which it was added. */
@FunctionalInterface
public interface SchemaListener {

  /**
   * The session knows a newer schema. Called once for each object that was created, updated or
   * dropped: what is dropped first, from the inside out, then what is new, from the outside in. An
   * index or view has updates of its own and none for its table; a keyspace is updated when its
   * replication or durable writes are.
   *
   * <p>Many changes in a row may be seen as one: the listener hears of the differences between two
   * snapshots.
   */
  void onUpdate(SchemaUpdate update);
}
