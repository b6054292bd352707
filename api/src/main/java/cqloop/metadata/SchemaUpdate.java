package cqloop.metadata;

import org.jspecify.annotations.Nullable;

/**
 * Value. One difference between two snapshots of the schema.
 *
 * @param change what happened
 * @param before the object as it was, null when it was created
 * @param after the object as it is, null when it was dropped
 * @param schema the newer snapshot
 */
public record SchemaUpdate(
    Change change,
    @Nullable SchemaObject before,
    @Nullable SchemaObject after,
    SchemaMetadata schema) {

  /** Value. What happened to an object. */
  public enum Change {
    CREATED,
    UPDATED,
    DROPPED
  }

  /** Returns the object as it is, or as it was before it was dropped. */
  public SchemaObject object() {
    SchemaObject object = after == null ? before : after;
    if (object == null) {
      throw new IllegalStateException("An update of nothing");
    }
    return object;
  }

  @Override
  public String toString() {
    SchemaObject object = object();
    return "%s %s %s.%s"
        .formatted(change, object.getClass().getSimpleName(), object.keyspace(), object.name());
  }
}
