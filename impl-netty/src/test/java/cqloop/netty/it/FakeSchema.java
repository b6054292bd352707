package cqloop.netty.it;

import static cqloop.testkit.fake.Conditions.cqlContains;

import cqloop.testkit.fake.FakeNode;
import cqloop.testkit.fake.Replies;
import cqloop.testkit.fake.Request;
import cqloop.testkit.fake.RowsReply;
import cqloop.testkit.fake.WireType;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Owned by the test. The schema that a scripted node answers with: keyspaces with tables of two
 * columns, page by page, those of one keyspace when the query names it.
 */
final class FakeSchema {

  private static final String KEYSPACES = "system_schema.keyspaces";
  private static final String TABLES = "system_schema.tables";
  private static final String COLUMNS = "system_schema.columns";

  private final Map<String, List<String>> tables = new TreeMap<>();
  private volatile String valueType = "map<text, frozen<list<int>>>";

  FakeSchema with(String keyspace, List<String> tablesOfIt) {
    tables.put(keyspace, List.copyOf(tablesOfIt));
    return this;
  }

  /** Of which type the second column of all tables is from now on. */
  FakeSchema withValueType(String cqlType) {
    valueType = cqlType;
    return this;
  }

  /** Makes the node answer with what is in here now, after rules that it has already. */
  void tell(FakeNode node) {
    Map<String, List<String>> told = new TreeMap<>(tables);
    answer(node, KEYSPACES, cql -> keyspaces(told, cql));
    answer(node, TABLES, cql -> tables(told, cql));
    answer(node, COLUMNS, cql -> columns(told, cql));
  }

  /** Makes each answer once, not for each of its pages. */
  private static void answer(FakeNode node, String table, Function<String, RowsReply> rows) {
    Map<String, RowsReply> known = new ConcurrentHashMap<>();
    node.when(cqlContains(table))
        .answer((Request request) -> known.computeIfAbsent(cql(request), rows).paged());
  }

  private static String cql(Request request) {
    return Objects.requireNonNull(request.cql());
  }

  private static boolean isAsked(String cql, String keyspace) {
    return !cql.contains(" WHERE ") || cql.contains("'" + keyspace + "'");
  }

  private static boolean isTableAsked(String cql, String table) {
    return !cql.contains(" AND table_name") || cql.contains("'" + table + "'");
  }

  private static RowsReply keyspaces(Map<String, List<String>> told, String cql) {
    RowsReply rows = Replies.rows().column("keyspace_name", WireType.TEXT);
    told.keySet().stream().filter(name -> isAsked(cql, name)).forEach(rows::row);
    return rows;
  }

  private static RowsReply tables(Map<String, List<String>> told, String cql) {
    RowsReply rows =
        Replies.rows()
            .column("keyspace_name", WireType.TEXT)
            .column("table_name", WireType.TEXT)
            .column("comment", WireType.TEXT);
    told.forEach(
        (keyspace, names) -> {
          if (isAsked(cql, keyspace)) {
            names.stream()
                .filter(name -> isTableAsked(cql, name))
                .forEach(name -> rows.row(keyspace, name, "of " + keyspace));
          }
        });
    return rows;
  }

  private RowsReply columns(Map<String, List<String>> told, String cql) {
    RowsReply rows =
        Replies.rows()
            .column("keyspace_name", WireType.TEXT)
            .column("table_name", WireType.TEXT)
            .column("column_name", WireType.TEXT)
            .column("kind", WireType.TEXT)
            .column("type", WireType.TEXT);
    told.forEach(
        (keyspace, names) -> {
          if (isAsked(cql, keyspace)) {
            for (String name : names) {
              if (isTableAsked(cql, name)) {
                rows.row(keyspace, name, "k", "partition_key", "int");
                rows.row(keyspace, name, "v", "regular", valueType);
              }
            }
          }
        });
    return rows;
  }
}
