package cqloop.error;

/** The keyspace or table that was to be created is there already. */
public final class AlreadyExists extends ServerException {

  /** The number on the wire. */
  public static final int CODE = 0x2400;

  private final String keyspace;
  private final String table;

  /**
   * @param table the table, or empty when it is the keyspace that exists
   */
  public AlreadyExists(String serverMessage, String keyspace, String table) {
    super(
        CODE,
        ErrorCategory.CLIENT,
        false,
        table.isEmpty()
            ? "Keyspace '%s' exists already".formatted(keyspace)
            : "Table '%s.%s' exists already".formatted(keyspace, table),
        serverMessage);
    this.keyspace = keyspace;
    this.table = table;
  }

  /** Returns the keyspace. */
  public String keyspace() {
    return keyspace;
  }

  /** Returns the table, or an empty text when it is the keyspace that exists. */
  public String table() {
    return table;
  }
}
