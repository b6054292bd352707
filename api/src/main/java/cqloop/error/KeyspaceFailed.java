package cqloop.error;

import org.jspecify.annotations.Nullable;

/** The keyspace of the session, or of one connection, could not be set. */
public final class KeyspaceFailed extends CqlException {

  private final String keyspace;

  /**
   * @param keyspace its name without quotes
   * @param problem what went wrong, in words
   */
  public KeyspaceFailed(String keyspace, String problem, @Nullable Throwable cause) {
    super("Keyspace '%s' could not be used: %s".formatted(keyspace, problem), cause);
    this.keyspace = keyspace;
  }

  /** Returns the name of the keyspace, without quotes. */
  public String keyspace() {
    return keyspace;
  }
}
