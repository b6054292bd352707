package cqloop.error;

/** The schema snapshot has no object of this kind and name. */
public abstract class SchemaObjectNotFound extends CqlException {

  private final String keyspace;
  private final String name;

  /**
   * @param kind what was looked for, in words
   * @param keyspace where
   * @param name which; the same as {@code keyspace} for a keyspace
   */
  protected SchemaObjectNotFound(String kind, String keyspace, String name) {
    super("Keyspace '%s' has no %s '%s'".formatted(keyspace, kind, name));
    this.keyspace = keyspace;
    this.name = name;
  }

  /** For a keyspace itself. */
  SchemaObjectNotFound(String keyspace) {
    super("The cluster has no keyspace '%s', or the driver does not follow it".formatted(keyspace));
    this.keyspace = keyspace;
    this.name = keyspace;
  }

  /** Returns the keyspace that was looked in, without quotes. */
  public final String keyspace() {
    return keyspace;
  }

  /** Returns the name that was looked for, without quotes. */
  public final String name() {
    return name;
  }
}
