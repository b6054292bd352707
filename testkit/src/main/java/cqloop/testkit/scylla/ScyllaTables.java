package cqloop.testkit.scylla;

import cqloop.testkit.fake.Errors;
import cqloop.testkit.fake.Replies;
import cqloop.testkit.fake.Reply;
import cqloop.testkit.fake.RowsReply;
import cqloop.testkit.fake.WireType;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Value. The system tables in which ScyllaDB and Cassandra differ. */
final class ScyllaTables {
  /** Tables of Cassandra 4.0 and later that ScyllaDB has not. */
  private static final List<String> ABSENT = List.of("system.peers_v2", "system_virtual_schema.");

  private static final String KEYSPACES = "system_schema.scylla_keyspaces";

  private ScyllaTables() {}

  /** The answer to a query of such a table; null when Cassandra is to answer. */
  static @Nullable Reply answer(String cql, FrontPlan plan) {
    String lower = cql.toLowerCase(Locale.ROOT);
    for (String table : ABSENT) {
      if (lower.contains(table)) {
        return Errors.error(Errors.INVALID, "unconfigured table " + table);
      }
    }
    return lower.contains(KEYSPACES) ? keyspaces(plan) : null;
  }

  /** By this a client learns which keyspaces use tablets. */
  private static Reply keyspaces(FrontPlan plan) {
    Map<String, Integer> tablets = new TreeMap<>();
    plan.tablets()
        .forEach(
            (table, list) ->
                tablets.merge(table.substring(0, table.indexOf('.')), list.size(), Math::max));
    RowsReply rows =
        Replies.rows()
            .table("system_schema", "scylla_keyspaces")
            .column("keyspace_name", WireType.TEXT)
            .column("initial_tablets", WireType.INT);
    tablets.forEach(rows::row);
    return rows;
  }
}
