package cqloop.bench.vertxcassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.CqlSessionBuilder;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import cqloop.bench.spi.BenchClient;
import cqloop.bench.spi.Completion;
import cqloop.bench.spi.Statements;
import cqloop.bench.spi.Target;
import cqloop.bench.spi.TrustStores;
import cqloop.bench.spi.Values;
import cqloop.bench.vertx.VertxLanes;
import io.vertx.cassandra.CassandraClient;
import io.vertx.cassandra.CassandraClientOptions;
import io.vertx.cassandra.CassandraRowStream;
import io.vertx.cassandra.ResultSet;
import java.net.InetSocketAddress;
import java.nio.file.Path;

/** Facade. The Vert.x client's futures; completions run in the verticle that sent the request. */
public final class VertxCassandraClient implements BenchClient {
  private VertxLanes lanes;
  private CassandraClient client;
  private PreparedStatement point;
  private PreparedStatement insert;
  private PreparedStatement page;
  private PreparedStatement stream;

  /** For the main class; {@link #connect} sets the fields. */
  @SuppressWarnings("NullAway.Init")
  public VertxCassandraClient() {}

  @Override
  public void prepareWorld(Target target) throws Exception {
    lanes = VertxLanes.start(target);
  }

  @Override
  public void connect(Target target) throws Exception {
    CqlSessionBuilder builder =
        CqlSession.builder()
            .addContactPoint(new InetSocketAddress(target.host(), target.port()))
            .withLocalDatacenter(Target.DATACENTER)
            .withConfigLoader(SessionOptions.of(target));
    Path trustStore = target.trustStore();
    if (trustStore != null) {
      builder.withSslContext(TrustStores.contextOf(trustStore));
    }
    client = CassandraClient.create(lanes.vertx(), new CassandraClientOptions(builder));
    point = VertxLanes.await(client.prepare(Statements.POINT));
    insert = VertxLanes.await(client.prepare(Statements.INSERT));
    page = VertxLanes.await(client.prepare(Statements.PAGE));
    stream = VertxLanes.await(client.prepare(Statements.STREAM));
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
    BoundStatement statement = point.boundStatementBuilder().setLong(0, key).build();
    client
        .execute(statement)
        .onComplete(
            result -> {
              Row row = result.one();
              done.complete(
                  row != null
                      && Values.pointMatches(
                          key, row.getLong(0), row.getString(1), row.getInt(2), row.getDouble(3)));
            },
            done::fail);
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
    client
        .execute(statement)
        .onComplete(result -> done.complete(result.remaining() == 0), done::fail);
  }

  @Override
  public void pageScan(Completion done) {
    BoundStatement statement =
        page.boundStatementBuilder().setLong(0, Statements.PARTITION).build();
    client.execute(statement).onComplete(result -> done.complete(pageMatches(result)), done::fail);
  }

  @Override
  public void stream(int pages, Completion done) {
    BoundStatement statement =
        stream
            .boundStatementBuilder()
            .setLong(0, Statements.PARTITION)
            .setInt(1, pages * Statements.PAGE_ROWS)
            .build();
    client
        .queryStream(statement)
        .onComplete(rows -> new Reader(pages, done).read(rows), done::fail);
  }

  private static boolean pageMatches(ResultSet result) {
    int index = 0;
    for (Row row : result.currentPage()) {
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
    VertxLanes.await(client.close());
    lanes.close();
  }

  /** Counts and checks the rows of one stream. */
  private static final class Reader {
    private final int expected;
    private final Completion done;
    private int rows;
    private boolean right = true;

    Reader(int pages, Completion done) {
      expected = pages * Statements.PAGE_ROWS;
      this.done = done;
    }

    void read(CassandraRowStream stream) {
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
