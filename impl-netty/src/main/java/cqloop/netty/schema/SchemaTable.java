package cqloop.netty.schema;

/** Value. The tables in which a server describes its schema, since Cassandra 3.0. */
enum SchemaTable {
  KEYSPACES("system_schema.keyspaces", true),
  TABLES("system_schema.tables", true),
  COLUMNS("system_schema.columns", true),
  TYPES("system_schema.types", false),
  FUNCTIONS("system_schema.functions", false),
  AGGREGATES("system_schema.aggregates", false),
  VIEWS("system_schema.views", false),
  INDEXES("system_schema.indexes", false),
  // Cassandra 5.0.
  COLUMN_MASKS("system_schema.column_masks", false),
  // Cassandra 4.0.
  VIRTUAL_KEYSPACES("system_virtual_schema.keyspaces", false),
  VIRTUAL_TABLES("system_virtual_schema.tables", false),
  VIRTUAL_COLUMNS("system_virtual_schema.columns", false);

  private final String table;
  private final boolean required;

  SchemaTable(String table, boolean required) {
    this.table = table;
    this.required = required;
  }

  /** Returns the name with its keyspace. */
  String table() {
    return table;
  }

  /** Tells whether there is no schema without it; else a server may do without. */
  boolean isRequired() {
    return required;
  }

  /** Returns its column with the name of a table or view; empty when its rows are of no table. */
  String tableColumn() {
    return switch (this) {
      case TABLES, COLUMNS, INDEXES, COLUMN_MASKS -> "table_name";
      case VIEWS -> "view_name";
      default -> "";
    };
  }

  /** Tells whether its rows tell which keyspaces there are. */
  boolean listsKeyspaces() {
    return this == KEYSPACES || this == VIRTUAL_KEYSPACES;
  }
}
