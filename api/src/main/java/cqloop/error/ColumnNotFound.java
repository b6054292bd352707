package cqloop.error;

/** A table or view of the schema snapshot has no such column. */
public final class ColumnNotFound extends SchemaObjectNotFound {

  private final String table;

  public ColumnNotFound(String keyspace, String table, String column) {
    super("column of table '" + table + "' named", keyspace, column);
    this.table = table;
  }

  /** Returns the table or view that was looked in, without quotes. */
  public String table() {
    return table;
  }
}
