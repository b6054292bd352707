package cqloop.error;

/** The schema snapshot has no such keyspace. */
public final class KeyspaceNotFound extends SchemaObjectNotFound {

  public KeyspaceNotFound(String keyspace) {
    super(keyspace);
  }
}
