package cqloop.metadata;

import cqloop.error.ColumnNotFound;
import cqloop.metadata.ColumnMetadata.ClusteringOrder;
import cqloop.metadata.ColumnMetadata.ColumnKind;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Value. The CQL text of tables and views. */
final class TableText {

  /** What CREATE TABLE and CREATE MATERIALIZED VIEW take after WITH. */
  private static final Set<String> OPTIONS =
      Set.of(
          // Cassandra 5.0, org.apache.cassandra.schema.TableParams.
          "additional_write_policy",
          "allow_auto_snapshot",
          "bloom_filter_fp_chance",
          "caching",
          "cdc",
          "comment",
          "compaction",
          "compression",
          "crc_check_chance",
          "default_time_to_live",
          "extensions",
          "gc_grace_seconds",
          "incremental_backups",
          "max_index_interval",
          "memtable",
          "memtable_flush_period_in_ms",
          "min_index_interval",
          "read_repair",
          "speculative_retry",
          // Cassandra 6.0, when it schedules repairs itself.
          "auto_repair",
          // DSE.
          "nodesync");

  /** Cassandra 3 takes them; later servers keep the columns and refuse the options. */
  private static final Set<String> OPTIONS_BEFORE_READ_REPAIR =
      Set.of("dclocal_read_repair_chance", "read_repair_chance");

  private static final String EXTENSIONS = "extensions";
  private static final String NO_VIEW_OPTION = "default_time_to_live";

  private TableText() {}

  static ColumnMetadata column(
      String keyspace, String table, List<ColumnMetadata> columns, String name) {
    for (ColumnMetadata column : columns) {
      if (column.name().equals(name)) {
        return column;
      }
    }
    throw new ColumnNotFound(keyspace, table, name);
  }

  static List<ColumnMetadata> ofKind(List<ColumnMetadata> columns, ColumnKind kind) {
    return columns.stream().filter(column -> column.kind() == kind).toList();
  }

  static String of(TableMetadata table, DescribeOptions options) {
    CqlText text = new CqlText(options);
    text.add(table.isVirtual() ? "VIRTUAL TABLE " : "CREATE TABLE ");
    text.name(table.keyspace(), table.name()).add(" (");
    List<ColumnMetadata> key = table.partitionKey();
    boolean inline = key.size() == 1 && table.clusteringColumns().isEmpty();
    boolean first = true;
    for (ColumnMetadata column : table.columns()) {
      text.add(first ? "" : ",").item(first);
      addColumn(text, column, inline && column.kind() == ColumnKind.PARTITION_KEY);
      first = false;
    }
    if (!inline) {
      text.add(",").item(false);
      addPrimaryKey(text, key, table.clusteringColumns());
    }
    text.endItems().add(')');
    With with = new With(text);
    if (table.isCompactStorage()) {
      with.next().add("COMPACT STORAGE");
    }
    with.addOrder(table.clusteringColumns());
    with.addOptions(table.options());
    return text.toString();
  }

  static String of(ViewMetadata view, DescribeOptions options) {
    CqlText text = new CqlText(options);
    text.add("CREATE MATERIALIZED VIEW ").name(view.keyspace(), view.name()).add(" AS").line();
    text.add("SELECT ");
    if (view.includesAllColumns()) {
      text.add('*');
    } else {
      addNames(text, view.columns());
    }
    text.line().add("FROM ").name(view.keyspace(), view.baseTable());
    text.line().add("WHERE ").add(view.whereClause()).line();
    addPrimaryKey(text, view.partitionKey(), view.clusteringColumns());
    With with = new With(text);
    with.addOrder(view.clusteringColumns());
    Map<String, Object> own = new TreeMap<>(view.options());
    own.remove(NO_VIEW_OPTION);
    with.addOptions(own);
    return text.toString();
  }

  private static void addColumn(CqlText text, ColumnMetadata column, boolean isWholeKey) {
    text.name(column.name()).add(' ').add(column.cqlType());
    if (column.kind() == ColumnKind.STATIC) {
      text.add(" STATIC");
    }
    if (column.mask() != null) {
      text.add(" MASKED WITH ").add(column.mask());
    }
    if (isWholeKey) {
      text.add(" PRIMARY KEY");
    }
  }

  private static void addPrimaryKey(
      CqlText text, List<ColumnMetadata> partitionKey, List<ColumnMetadata> clustering) {
    text.add("PRIMARY KEY (");
    if (partitionKey.size() == 1) {
      addNames(text, partitionKey);
    } else {
      text.add('(');
      addNames(text, partitionKey);
      text.add(')');
    }
    text.add(clustering.isEmpty() ? "" : ", ");
    addNames(text, clustering);
    text.add(')');
  }

  private static void addNames(CqlText text, List<ColumnMetadata> columns) {
    for (int i = 0; i < columns.size(); i++) {
      text.add(i == 0 ? "" : ", ").name(columns.get(i).name());
    }
  }

  /** The part after WITH. */
  private static final class With {

    private final CqlText text;
    private boolean begun;

    With(CqlText text) {
      this.text = text;
    }

    CqlText next() {
      if (begun) {
        text.line().add("AND ");
      } else {
        text.add(" WITH ");
        begun = true;
      }
      return text;
    }

    void addOrder(List<ColumnMetadata> clustering) {
      if (clustering.isEmpty()) {
        return;
      }
      next().add("CLUSTERING ORDER BY (");
      for (int i = 0; i < clustering.size(); i++) {
        ColumnMetadata column = clustering.get(i);
        boolean descending = column.order() == ClusteringOrder.DESC;
        text.add(i == 0 ? "" : ", ").name(column.name()).add(descending ? " DESC" : " ASC");
      }
      text.add(')');
    }

    void addOptions(Map<String, Object> options) {
      boolean old = !options.containsKey("read_repair");
      for (Map.Entry<String, Object> option : options.entrySet()) {
        String name = option.getKey();
        if (OPTIONS.contains(name) || (old && OPTIONS_BEFORE_READ_REPAIR.contains(name))) {
          next().add(name).add(" = ");
          addValue(name, option.getValue());
        }
      }
    }

    private void addValue(String name, Object value) {
      if (value instanceof Map<?, ?> map) {
        addMap(map, name.equals(EXTENSIONS));
      } else if (value instanceof String string) {
        text.string(string);
      } else {
        text.add(value.toString());
      }
    }

    private void addMap(Map<?, ?> map, boolean ofBlobs) {
      text.add('{');
      boolean first = true;
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        text.add(first ? "" : ", ").string(entry.getKey().toString()).add(": ");
        if (ofBlobs) {
          text.add(entry.getValue().toString());
        } else {
          text.string(entry.getValue().toString());
        }
        first = false;
      }
      text.add('}');
    }
  }
}
