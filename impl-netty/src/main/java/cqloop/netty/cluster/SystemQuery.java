package cqloop.netty.cluster;

import cqloop.Consistency;
import cqloop.ExecutionInfo;
import cqloop.PagingState;
import cqloop.RowSet;
import cqloop.error.ConnectionBusy;
import cqloop.error.CqlException;
import cqloop.error.NoPagingState;
import cqloop.error.ProtocolViolation;
import cqloop.error.RequestTimeout;
import cqloop.error.UnexpectedResponse;
import cqloop.netty.codec.Codecs;
import cqloop.netty.conn.Connection;
import cqloop.netty.conn.PendingResponse;
import cqloop.netty.conn.ServerErrors;
import cqloop.netty.loop.Deadline;
import cqloop.netty.loop.Deadlines;
import cqloop.netty.message.ErrorMessage;
import cqloop.netty.message.Query;
import cqloop.netty.message.QueryParameters;
import cqloop.netty.message.Response;
import cqloop.netty.message.ResponseDecoder;
import cqloop.netty.message.RowsResult;
import cqloop.netty.row.ColumnPlan;
import cqloop.netty.row.PageInfo;
import cqloop.netty.row.RowSetImpl;
import io.vertx.core.Completable;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Loop-owned. One query of the driver itself, on a given connection: no plan, no retry, a limit of
 * its own.
 */
public final class SystemQuery extends PendingResponse {

  static final Codecs CODECS = Codecs.builtIn();

  private static final QueryParameters PARAMETERS = QueryParameters.of(Consistency.ONE, 0);
  private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(5); // Rules 2.3.

  private static final String TIMEOUT =
      " USING TIMEOUT " + TimeUnit.NANOSECONDS.toMillis(LIMIT_NANOS) + "ms";

  private final Connection connection;
  private final Deadlines deadlines;
  private final Completable<Page> done;
  private final Limit limit = new Limit();

  /**
   * Value. Some of the rows of an answer.
   *
   * @param next where the next page begins, null when this is the last one
   */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  public record Page(RowSet rows, byte @Nullable [] next) {}

  /**
   * Returns what asks a server with shards, which is ScyllaDB, to take the time that is waited for
   * it: its own limit may be far tighter, however large its schema is. Empty for others.
   */
  public static String timeoutClause(Connection connection) {
    return connection.features().shardInfo() == null ? "" : TIMEOUT;
  }

  private SystemQuery(Connection connection, Deadlines deadlines, Completable<Page> done) {
    this.connection = connection;
    this.deadlines = deadlines;
    this.done = done;
  }

  /**
   * Sends a query.
   *
   * @param done completed on the loop, once, with all rows or with the failure
   */
  public static void send(
      Connection connection, Deadlines deadlines, String cql, Completable<RowSet> done) {
    send(
        connection,
        deadlines,
        cql,
        PARAMETERS,
        (page, failure) -> {
          if (failure == null) {
            done.succeed(page.rows());
          } else {
            done.fail(failure);
          }
        });
  }

  /**
   * Sends a query for one page.
   *
   * @param from where the page begins, as the page before it tells; null for the first
   * @param done completed on the loop, once, with the page or with the failure
   */
  public static void sendPage(
      Connection connection,
      Deadlines deadlines,
      String cql,
      int pageSize,
      byte @Nullable [] from,
      Completable<Page> done) {
    QueryParameters parameters =
        QueryParameters.of(Consistency.ONE, pageSize).withPagingState(from);
    send(connection, deadlines, cql, parameters, done);
  }

  private static void send(
      Connection connection,
      Deadlines deadlines,
      String cql,
      QueryParameters parameters,
      Completable<Page> done) {
    if (!connection.canSend()) {
      done.fail(new ConnectionBusy(connection.endpoint(), connection.inFlight()));
      return;
    }
    SystemQuery query = new SystemQuery(connection, deadlines, done);
    connection.send(Query.of(cql, parameters), query);
    deadlines.add(query.limit, deadlines.nanoTime(), LIMIT_NANOS);
  }

  @Override
  protected void onResponse(Connection from, int flags, int opcode, byte[] body, int wireBytes) {
    deadlines.cancel(limit);
    Page page;
    try {
      Response response = ResponseDecoder.decode(opcode, flags, body, body.length, from.features());
      page = pageOf(from, response);
    } catch (CqlException failure) {
      done.fail(failure);
      return;
    }
    done.succeed(page);
  }

  private static Page pageOf(Connection from, Response response) {
    if (response instanceof ErrorMessage error) {
      throw ServerErrors.toException(error);
    }
    if (!(response instanceof RowsResult rows)) {
      throw new UnexpectedResponse(
          from.endpoint(), "a system query", response.getClass().getSimpleName());
    }
    if (rows.columns() == null) {
      throw new ProtocolViolation("A system query was answered without columns");
    }
    RowSet set =
        RowSetImpl.of(
            new ColumnPlan(rows.columns(), CODECS),
            rows.body(),
            rows.firstCell(),
            rows.end(),
            rows.rowCount(),
            OnePage.INSTANCE);
    return new Page(set, rows.pagingState());
  }

  @Override
  protected void onLost(Connection from, CqlException error, boolean written) {
    deadlines.cancel(limit);
    done.fail(error);
  }

  /** Loop-owned. The time limit of the query. */
  private final class Limit extends Deadline {
    @Override
    protected void onDeadline() {
      connection.abandon(SystemQuery.this);
      Duration patience = Duration.ofNanos(LIMIT_NANOS);
      done.fail(new RequestTimeout(patience, patience, List.of(connection.endpoint()), 1));
    }
  }

  /** Value. Pages of system tables are asked for here, not by the rows. */
  private enum OnePage implements PageInfo {
    INSTANCE;

    @Override
    public @Nullable PagingState pagingState() {
      return null;
    }

    @Override
    public boolean hasMorePages() {
      return false;
    }

    @Override
    public Future<RowSet> nextPage() {
      return Future.failedFuture(new NoPagingState());
    }

    @Override
    public ExecutionInfo executionInfo() {
      throw new IllegalStateException("Queries of the driver itself are not described");
    }
  }
}
