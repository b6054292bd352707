package cqloop.examples;

import cqloop.BatchStatement;
import cqloop.Column;
import cqloop.CqlSession;
import cqloop.PreparedStatement;
import cqloop.QueryTrace;
import cqloop.Row;
import cqloop.RowSet;
import cqloop.SimpleStatement;
import cqloop.error.CqlException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** Owned by the main thread. The parts of the tour, in order. */
final class Chapters {
  private static final int READINGS = 5_000;
  private static final int IN_FLIGHT = 250;
  private static final int PAGE = 500;

  private final Vertx vertx;
  private final Workspace workspace;
  private final CqlSession session;
  private final Screen screen;

  Chapters(Vertx vertx, Workspace workspace, Screen screen) {
    this.vertx = vertx;
    this.workspace = workspace;
    this.session = workspace.session();
    this.screen = screen;
  }

  void all() {
    createSchema();
    write();
    read();
    page();
    stream();
    showTypes();
    writeOnCondition();
    trace();
    fail();
  }

  private void createSchema() {
    Screen.Chapter chapter = screen.chapter("Create a schema");
    workspace.create("TYPE", workspace.name("place"), " (country text, metres int)");
    workspace.create(
        "TABLE",
        workspace.name("teas"),
        " (name text PRIMARY KEY, grams int, price decimal, place frozen<"
            + workspace.name("place")
            + ">)");
    workspace.create(
        "TABLE",
        workspace.name("readings"),
        " (kettle text, at timestamp, celsius float, PRIMARY KEY (kettle, at))");
    chapter.say(
        "one type and two tables: " + workspace.name("teas") + ", " + workspace.name("readings"));
    chapter.end();
  }

  private void write() {
    Screen.Chapter chapter = screen.chapter("Write");
    PreparedStatement tea = prepare("INSERT INTO %s (name, grams, price) VALUES (?, ?, ?)", "teas");
    chapter.cql(tea.cql());
    Wait.on(
        session.execute(
            BatchStatement.logged(
                tea.bind("sencha", 50, new BigDecimal("8.90")),
                tea.bind("assam", 100, new BigDecimal("6.40")),
                tea.bind("tieguanyin", 50, new BigDecimal("14.20")))));
    chapter.say("3 rows in one logged batch");
    PreparedStatement reading =
        prepare("INSERT INTO %s (kettle, at, celsius) VALUES (?, ?, ?)", "readings");
    Instant start = Instant.parse("2026-01-01T06:00:00Z");
    long began = System.nanoTime();
    for (int i = 0; i < READINGS; i += IN_FLIGHT) {
      List<Future<RowSet>> writes = new ArrayList<>();
      for (int j = i; j < i + IN_FLIGHT; j++) {
        float celsius = (float) (100 - 80 * Math.exp(-j / 900.0));
        writes.add(session.execute(reading.bind("blue", start.plusMillis(j * 100L), celsius)));
      }
      Wait.on(Future.all(writes));
    }
    chapter.say(
        "%d rows with a prepared statement, %d at a time: %,.0f a second"
            .formatted(READINGS, IN_FLIGHT, READINGS / ((System.nanoTime() - began) / 1e9)));
    chapter.end();
  }

  private void read() {
    Screen.Chapter chapter = screen.chapter("Read");
    PreparedStatement byName = prepare("SELECT name, grams, price FROM %s WHERE name = ?", "teas");
    chapter.cql(byName.cql());
    List<List<String>> table = new ArrayList<>();
    table.add(List.of("name", "grams", "price"));
    for (String name : List.of("assam", "sencha", "tieguanyin")) {
      Tea tea = Wait.on(session.execute(byName.bind(name))).get(0).as(Tea.class);
      table.add(List.of(tea.name(), String.valueOf(tea.grams()), tea.price().toPlainString()));
    }
    chapter.table(table);
    chapter.end();
  }

  /** Value. A row as a record. */
  record Tea(String name, int grams, BigDecimal price) {}

  private void page() {
    Screen.Chapter chapter = screen.chapter("Read page by page");
    SimpleStatement all =
        SimpleStatement.of("SELECT at, celsius FROM " + workspace.name("readings"))
            .withPageSize(PAGE);
    chapter.cql(all.cql());
    RowSet page = Wait.on(session.execute(all));
    int pages = 1;
    int rows = page.size();
    while (page.hasMorePages()) {
      page = Wait.on(page.nextPage());
      pages += page.size() > 0 ? 1 : 0;
      rows += page.size();
    }
    chapter.say("%d rows in %d pages of %d".formatted(rows, pages, PAGE));
    chapter.end();
  }

  private void stream() {
    Screen.Chapter chapter = screen.chapter("Stream to a slow reader");
    SimpleStatement all =
        SimpleStatement.of("SELECT celsius FROM " + workspace.name("readings")).withPageSize(PAGE);
    SlowReader reader = Wait.on(new SlowReader(vertx, session.stream(all)).read());
    chapter.say(
        "%d rows; the reader rested %d times, and no more than a page waited for it"
            .formatted(reader.rows(), reader.rests()));
    chapter.say("the mean of the column is %.1f degrees".formatted(reader.mean()));
    chapter.end();
  }

  private void showTypes() {
    Screen.Chapter chapter = screen.chapter("Types");
    Map<String, String> columns = new LinkedHashMap<>();
    columns.put("tags", "set<text>");
    columns.put("steeps", "list<duration>");
    columns.put("stock", "map<text, int>");
    columns.put("place", "frozen<" + workspace.name("place") + ">");
    columns.put("water", "tuple<int, float>");
    columns.put("picked", "date");
    columns.put("id", "timeuuid");
    columns.put("from_host", "inet");
    if (workspace.hasVectors()) {
      columns.put("taste", "vector<float, 3>");
    }
    StringBuilder definition = new StringBuilder(" (name text PRIMARY KEY");
    columns.forEach((name, type) -> definition.append(", ").append(name).append(' ').append(type));
    workspace.create("TABLE", workspace.name("types"), definition.append(')').toString());
    Wait.on(
        session.execute(
            "INSERT INTO "
                + workspace.name("types")
                + " (name, tags, steeps, stock, place, water, picked, id, from_host) VALUES"
                + " ('sencha', {'green', 'loose'}, [1m30s, 45s], {'shop': 12, 'store': 240},"
                + " {country: 'Japan', metres: 180}, (70, 0.25), '2026-04-28', now(),"
                + " '2001:db8::7')"));
    if (workspace.hasVectors()) {
      Wait.on(
          session.execute(
              "UPDATE " + workspace.name("types") + " SET taste = ? WHERE name = 'sencha'",
              new float[] {0.7f, 0.1f, 0.4f}));
    }
    Row row = Wait.on(session.execute("SELECT * FROM " + workspace.name("types"))).get(0);
    List<List<String>> table = new ArrayList<>();
    table.add(List.of("column", "type", "value"));
    for (Column column : row.columns()) {
      Object value = row.toJson().getValue(column.name());
      table.add(List.of(column.name(), column.type().cql(), String.valueOf(value)));
    }
    chapter.table(table);
    chapter.end();
  }

  private void writeOnCondition() {
    Screen.Chapter chapter = screen.chapter("Write on a condition");
    String cql = "INSERT INTO " + workspace.name("teas") + " (name, grams) VALUES (?, ?)";
    chapter.cql(cql + " IF NOT EXISTS");
    for (int grams : new int[] {250, 500}) {
      RowSet answer = Wait.on(session.execute(cql + " IF NOT EXISTS", "gyokuro", grams));
      chapter.say(
          answer.wasApplied()
              ? grams + " g of gyokuro: applied"
              : grams
                  + " g of gyokuro: refused, there are "
                  + answer.get(0).getInt("grams")
                  + " g");
    }
    chapter.end();
  }

  private void trace() {
    Screen.Chapter chapter = screen.chapter("Trace a request inside the server");
    RowSet answer =
        Wait.on(
            session.execute(
                SimpleStatement.of(
                        "SELECT price FROM " + workspace.name("teas") + " WHERE name = ?", "assam")
                    .withTracing(true)));
    UUID id = Objects.requireNonNull(answer.executionInfo().tracingId(), "tracing was asked for");
    QueryTrace trace = Wait.on(session.queryTrace(id));
    chapter.say(trace.requestType() + ", " + micros(trace.duration().toNanos()));
    List<List<String>> table = new ArrayList<>();
    table.add(List.of("elapsed", "activity"));
    for (QueryTrace.Event event : trace.events()) {
      table.add(List.of(micros(event.elapsed().toNanos()), event.activity()));
    }
    chapter.table(table);
    chapter.end();
  }

  private void fail() {
    Screen.Chapter chapter = screen.chapter("Make a mistake");
    String wrong = "SELECT prize FROM " + workspace.name("teas");
    chapter.cql(wrong);
    String message =
        Wait.on(
            session
                .execute(wrong)
                .map(rows -> "it worked, which is odd")
                .recover(
                    failure ->
                        failure instanceof CqlException
                            ? Future.succeededFuture(
                                failure.getClass().getSimpleName() + ": " + failure.getMessage())
                            : Future.failedFuture(failure)));
    chapter.say(message);
    chapter.end();
  }

  private PreparedStatement prepare(String cql, String table) {
    return Wait.on(session.prepare(cql.formatted(workspace.name(table))));
  }

  private static String micros(long nanos) {
    return "%d us".formatted(nanos / 1_000);
  }
}
