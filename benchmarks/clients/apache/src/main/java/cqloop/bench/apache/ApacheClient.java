package cqloop.bench.apache;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.CqlSessionBuilder;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import cqloop.bench.spi.BenchClient;
import cqloop.bench.spi.Completion;
import cqloop.bench.spi.Statements;
import cqloop.bench.spi.Target;
import cqloop.bench.spi.TrustStores;
import cqloop.bench.spi.Values;
import java.net.InetSocketAddress;
import java.nio.file.Path;

/**
 * Facade. The driver's asynchronous API; completions run on its event loop, which sends the next
 * request.
 */
public final class ApacheClient implements BenchClient {
  private CqlSession session;
  private PreparedStatement point;
  private PreparedStatement insert;
  private PreparedStatement page;
  private PreparedStatement stream;

  /** For the main class; {@link #connect} sets the fields. */
  @SuppressWarnings("NullAway.Init")
  public ApacheClient() {}

  @Override
  public void prepareWorld(Target target) {
    // The driver brings its own threads.
  }

  @Override
  public void connect(Target target) throws Exception {
    CqlSessionBuilder builder =
        CqlSession.builder()
            .addContactPoint(new InetSocketAddress(target.host(), target.port()))
            .withLocalDatacenter(Target.DATACENTER)
            .withConfigLoader(ApacheOptions.of(target));
    Path trustStore = target.trustStore();
    if (trustStore != null) {
      builder.withSslContext(TrustStores.contextOf(trustStore));
    }
    session = builder.build();
    point = session.prepare(Statements.POINT);
    insert = session.prepare(Statements.INSERT);
    page = session.prepare(Statements.PAGE);
    stream = session.prepare(Statements.STREAM);
  }

  @Override
  public int lanes() {
    return 1;
  }

  @Override
  public void enter(int lane, Runnable body) {
    body.run();
  }

  @Override
  public void pointSelect(int key, Completion done) {
    BoundStatement statement = point.boundStatementBuilder().setLong(0, key).build();
    session
        .executeAsync(statement)
        .whenComplete(
            (result, failure) -> {
              if (failure != null) {
                done.fail(failure);
                return;
              }
              Row row = result.one();
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
            .boundStatementBuilder()
            .setLong(0, key)
            .setString(1, Values.body(key))
            .setInt(2, Values.score(key))
            .setDouble(3, Values.ratio(key))
            .setInstant(4, Values.created(key))
            .setUuid(5, Values.ref(key))
            .build();
    session
        .executeAsync(statement)
        .whenComplete(
            (result, failure) -> {
              if (failure != null) {
                done.fail(failure);
              } else {
                done.complete(result.remaining() == 0);
              }
            });
  }

  @Override
  public void pageScan(Completion done) {
    BoundStatement statement =
        page.boundStatementBuilder().setLong(0, Statements.PARTITION).build();
    session
        .executeAsync(statement)
        .whenComplete(
            (result, failure) -> {
              if (failure != null) {
                done.fail(failure);
              } else {
                done.complete(pageMatches(result));
              }
            });
  }

  @Override
  public void stream(int pages, Completion done) {
    BoundStatement statement =
        stream
            .boundStatementBuilder()
            .setLong(0, Statements.PARTITION)
            .setInt(1, pages * Statements.PAGE_ROWS)
            .build();
    session
        .executeAsync(statement)
        .whenComplete((result, failure) -> onStreamPage(result, failure, pages, done));
  }

  private void onStreamPage(AsyncResultSet result, Throwable failure, int left, Completion done) {
    if (failure != null) {
      done.fail(failure);
    } else if (!pageMatches(result)) {
      done.complete(false);
    } else if (result.hasMorePages()) {
      result
          .fetchNextPage()
          .whenComplete((next, error) -> onStreamPage(next, error, left - 1, done));
    } else {
      done.complete(left == 1);
    }
  }

  private static boolean pageMatches(AsyncResultSet result) {
    int index = 0;
    for (Row row : result.currentPage()) {
      if (!Values.numbersMatch(
              index, row.getLong(0), row.getInt(1), row.getDouble(4), row.getBoolean(5))
          || !Values.rowMatches(
              index, row.getString(2), row.getString(3), row.getInstant(6), row.getUuid(7))) {
        return false;
      }
      index++;
    }
    return index == Statements.PAGE_ROWS;
  }

  @Override
  public void close() {
    session.close();
  }
}
