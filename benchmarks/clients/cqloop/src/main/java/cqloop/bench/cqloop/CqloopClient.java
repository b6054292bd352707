package cqloop.bench.cqloop;

import cqloop.BoundStatement;
import cqloop.CqlSession;
import cqloop.PreparedStatement;
import cqloop.Row;
import cqloop.RowSet;
import cqloop.RowStream;
import cqloop.bench.spi.BenchClient;
import cqloop.bench.spi.Completion;
import cqloop.bench.spi.Statements;
import cqloop.bench.spi.Target;
import cqloop.bench.spi.Values;
import cqloop.bench.vertx.VertxLanes;

/** Facade. The session's futures; completions run in the verticle that sent the request. */
public final class CqloopClient implements BenchClient {
  private VertxLanes lanes;
  private CqlSession session;
  private PreparedStatement point;
  private PreparedStatement insert;
  private PreparedStatement page;
  private PreparedStatement stream;

  /** For the main class; {@link #connect} sets the fields. */
  @SuppressWarnings("NullAway.Init")
  public CqloopClient() {}

  @Override
  public void prepareWorld(Target target) throws Exception {
    lanes = VertxLanes.start(target);
  }

  @Override
  public void connect(Target target) throws Exception {
    session = VertxLanes.await(CqlSession.connect(lanes.vertx(), SessionOptions.of(target)));
    point = VertxLanes.await(session.prepare(Statements.POINT));
    insert = VertxLanes.await(session.prepare(Statements.INSERT));
    page = VertxLanes.await(session.prepare(Statements.PAGE));
    stream = VertxLanes.await(session.prepare(Statements.STREAM));
  }

  @Override
  public int lanes() {
    return lanes.size();
  }

  @Override
  public void enter(int lane, Runnable body) {
    lanes.enter(lane, body);
  }

  @Override
  public void pointSelect(int key, Completion done) {
    session
        .execute(point.binder().setLong(0, key).bind())
        .onComplete(
            (rows, failure) -> {
              if (failure != null) {
                done.fail(failure);
                return;
              }
              Row row = rows.first();
              done.complete(
                  row != null
                      && Values.pointMatches(
                          key, row.getLong(0), row.getString(1), row.getInt(2), row.getDouble(3)));
            });
  }

  @Override
  public void insert(int key, Completion done) {
    BoundStatement statement =
        insert
            .binder()
            .setLong(0, key)
            .setString(1, Values.body(key))
            .setInt(2, Values.score(key))
            .setDouble(3, Values.ratio(key))
            .set(4, Values.created(key))
            .set(5, Values.ref(key))
            .bind();
    session
        .execute(statement)
        .onComplete(
            (rows, failure) -> {
              if (failure == null) {
                done.complete(rows.size() == 0);
              } else {
                done.fail(failure);
              }
            });
  }

  @Override
  public void pageScan(Completion done) {
    session
        .execute(page.binder().setLong(0, Statements.PARTITION).bind())
        .onComplete(rows -> done.complete(pageMatches(rows)), done::fail);
  }

  @Override
  public void stream(int pages, Completion done) {
    int expected = pages * Statements.PAGE_ROWS;
    RowStream rows =
        session.stream(stream.binder().setLong(0, Statements.PARTITION).setInt(1, expected).bind());
    new Reader(expected, done).read(rows);
  }

  private static boolean pageMatches(RowSet rows) {
    int index = 0;
    for (Row row : rows) {
      if (!matches(index, row)) {
        return false;
      }
      index++;
    }
    return index == Statements.PAGE_ROWS;
  }

  private static boolean matches(int index, Row row) {
    return Values.numbersMatch(
            index, row.getLong(0), row.getInt(1), row.getDouble(4), row.getBoolean(5))
        && Values.rowMatches(
            index, row.getString(2), row.getString(3), row.getInstant(6), row.getUuid(7));
  }

  @Override
  public void close() throws Exception {
    VertxLanes.await(session.close());
    lanes.close();
  }

  /** Counts and checks the rows of one stream. */
  private static final class Reader {
    private final int expected;
    private final Completion done;
    private int rows;
    private boolean right = true;

    Reader(int expected, Completion done) {
      this.expected = expected;
      this.done = done;
    }

    void read(RowStream stream) {
      stream.exceptionHandler(done::fail);
      stream.endHandler(ignored -> done.complete(right && rows == expected));
      stream.handler(
          row -> {
            right &= matches(rows % Statements.PAGE_ROWS, row);
            rows++;
          });
    }
  }
}
