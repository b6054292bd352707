package cqloop.error;

/** The schema snapshot has no such table. */
public final class TableNotFound extends SchemaObjectNotFound {

  public TableNotFound(String keyspace, String name) {
    super("table", keyspace, name);
  }
}
