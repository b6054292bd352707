package cqloop.testkit.fake;

/**
 * Value. A column or a bound variable as the server describes it.
 *
 * @param name its name
 * @param type its type
 */
record Column(String name, WireType type) {
  static final int FLAG_GLOBAL_TABLE = 0x01;
  static final int FLAG_MORE_PAGES = 0x02;
  static final int FLAG_NO_METADATA = 0x04;
  static final int FLAG_METADATA_CHANGED = 0x08;
  // dse_protocol_v1.spec §4.2.5.2.
  static final int FLAG_CONTINUOUS_PAGE = 0x40000000;
  static final int FLAG_LAST_PAGE = 0x80000000;

  /** Writes the global table and the columns; the caller has written the flags and the count. */
  static void writeAll(WireWriter out, String keyspace, String table, Iterable<Column> columns) {
    out.writeString(keyspace).writeString(table);
    for (Column column : columns) {
      out.writeString(column.name());
      column.type().describe(out);
    }
  }
}
