package cqloop.examples.snippets;

import cqloop.BatchStatement;
import cqloop.Consistency;
import cqloop.CqlSession;
import cqloop.PolicyOptions;
import cqloop.PreparedStatement;
import cqloop.ProfileOptions;
import cqloop.Row;
import cqloop.RowSet;
import cqloop.SimpleStatement;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/** Value. One method for each kind of request. */
public final class Requests {
  private Requests() {}

  /** Text, without values. */
  public static Future<String> query(CqlSession session) {
    return session
        .execute("SELECT release_version FROM system.local")
        .map(rows -> rows.get(0).getString("release_version"));
  }

  /** Prepared once per cluster, routed by token. */
  public static Future<RowSet> prepareAndBind(CqlSession session, UUID id) {
    return session
        .prepare("SELECT total, currency FROM orders WHERE id = ?")
        .compose(byId -> session.execute(byId.bind(id).withConsistency(Consistency.LOCAL_ONE)));
  }

  /** Policies of one statement; prepared, all that is bound of it has them. */
  public static Future<PreparedStatement> prepareWithPolicies(CqlSession session) {
    ProfileOptions hurried =
        new ProfileOptions()
            .setRetry(new PolicyOptions("fallthrough"))
            .setSpeculativeExecution(
                new PolicyOptions("constant")
                    .setConfig(new JsonObject().put("delay", 20).put("maxExecutions", 1)))
            .setAttemptTimeout(Duration.ofMillis(200));
    return session.prepare(
        SimpleStatement.of("SELECT total, currency FROM orders WHERE id = ?")
            .withIdempotent(true)
            .withProfileOptions(hurried));
  }

  /** Several writes that are applied as a whole. */
  public static Future<Boolean> batch(
      CqlSession session, PreparedStatement insertOrder, PreparedStatement insertLine, UUID id) {
    BatchStatement batch =
        BatchStatement.logged(
            insertOrder.bind(id, "EUR"),
            insertLine.bind(id, 1, "tea"),
            insertLine.bind(id, 2, "cups"));
    return session.execute(batch.withIdempotent(true)).map(RowSet::wasApplied);
  }

  /** All rows of all pages, gathered by a collector. */
  public static Future<List<String>> collect(CqlSession session) {
    return session
        .withProfile("reports")
        .collect(
            SimpleStatement.of("SELECT name FROM products"),
            Collectors.mapping(row -> row.getString("name"), Collectors.toList()));
  }

  /** A write that another one may have beaten. */
  public static Future<String> insertIfNotExists(CqlSession session, UUID id) {
    return session
        .execute("INSERT INTO orders (id, currency) VALUES (?, ?) IF NOT EXISTS", id, "CHF")
        .map(
            rows ->
                rows.wasApplied()
                    ? "first"
                    : "beaten by an order in " + rows.get(0).getString("currency"));
  }

  /** Reads page by page, and gives up when there have been enough rows. */
  public static Future<Integer> countUpTo(CqlSession session, int enough) {
    return session
        .execute(SimpleStatement.of("SELECT name FROM products").withPageSize(100))
        .compose(page -> countUpTo(page, 0, enough));
  }

  private static Future<Integer> countUpTo(RowSet page, int before, int enough) {
    int count = before;
    for (Row row : page) {
      count += row.isNull("name") ? 0 : 1;
    }
    if (count >= enough || !page.hasMorePages()) {
      return Future.succeededFuture(Math.min(count, enough));
    }
    int soFar = count;
    return page.nextPage().compose(next -> countUpTo(next, soFar, enough));
  }
}
