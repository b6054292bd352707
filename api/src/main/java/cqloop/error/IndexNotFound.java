package cqloop.error;

/** The schema snapshot has no such index. */
public final class IndexNotFound extends SchemaObjectNotFound {

  public IndexNotFound(String keyspace, String name) {
    super("index", keyspace, name);
  }
}
