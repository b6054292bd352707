package cqloop.error;

/** The schema snapshot has no such materialized view. */
public final class ViewNotFound extends SchemaObjectNotFound {

  public ViewNotFound(String keyspace, String name) {
    super("materialized view", keyspace, name);
  }
}
