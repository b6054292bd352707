package cqloop.netty.schema;

import cqloop.Row;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Home-loop-owned. The rows of all tables of the schema that belong to one keyspace. */
final class KeyspaceRows {

  private final Row keyspace;
  private final boolean isVirtual;
  private final List<Row> tables = new ArrayList<>();
  private final List<Row> views = new ArrayList<>();
  private final List<Row> types = new ArrayList<>();
  private final List<Row> functions = new ArrayList<>();
  private final List<Row> aggregates = new ArrayList<>();
  private final Map<String, List<Row>> columns = new HashMap<>();
  private final Map<String, List<Row>> indexes = new HashMap<>();
  private final Map<String, List<Row>> masks = new HashMap<>();

  KeyspaceRows(Row keyspace, boolean isVirtual) {
    this.keyspace = keyspace;
    this.isVirtual = isVirtual;
  }

  void add(SchemaTable from, Row row) {
    switch (from) {
      case KEYSPACES, VIRTUAL_KEYSPACES -> throw new IllegalArgumentException("is there already");
      case TABLES, VIRTUAL_TABLES -> tables.add(row);
      case VIEWS -> views.add(row);
      case TYPES -> types.add(row);
      case FUNCTIONS -> functions.add(row);
      case AGGREGATES -> aggregates.add(row);
      case COLUMNS, VIRTUAL_COLUMNS -> addOfTable(columns, row);
      case INDEXES -> addOfTable(indexes, row);
      case COLUMN_MASKS -> addOfTable(masks, row);
    }
  }

  private static void addOfTable(Map<String, List<Row>> byTable, Row row) {
    byTable.computeIfAbsent(Cell.text(row, "table_name"), table -> new ArrayList<>()).add(row);
  }

  Row keyspace() {
    return keyspace;
  }

  boolean isVirtual() {
    return isVirtual;
  }

  List<Row> tables() {
    return tables;
  }

  List<Row> views() {
    return views;
  }

  List<Row> types() {
    return types;
  }

  List<Row> functions() {
    return functions;
  }

  List<Row> aggregates() {
    return aggregates;
  }

  /** Returns the rows of the columns of a table or view. */
  List<Row> columns(String table) {
    return columns.getOrDefault(table, List.of());
  }

  List<Row> indexes(String table) {
    return indexes.getOrDefault(table, List.of());
  }

  List<Row> masks(String table) {
    return masks.getOrDefault(table, List.of());
  }
}
