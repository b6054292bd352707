package cqloop.netty.session;

import cqloop.QueryTrace;
import cqloop.Row;
import cqloop.RowSet;
import cqloop.SimpleStatement;
import cqloop.error.TraceNotAvailable;
import cqloop.netty.exec.Requester;
import cqloop.type.TimeUuids;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Any thread. Reads what the server recorded of one request. The rows appear some time after the
 * answer, so it asks until the record is whole or the options' limit has passed.
 */
final class TraceReader {

  private static final String SESSION =
      "SELECT request, duration, coordinator, parameters, started_at"
          + " FROM system_traces.sessions WHERE session_id = ?";
  private static final String EVENTS =
      "SELECT event_id, activity, source, source_elapsed, thread"
          + " FROM system_traces.events WHERE session_id = ?";

  private final SessionCore core;
  private final Requester requester;
  private final int profile;
  private final UUID id;
  private final long giveUpAtNanos;

  TraceReader(SessionCore core, int profile, UUID id) {
    this.core = core;
    this.requester = core;
    this.profile = profile;
    this.id = id;
    this.giveUpAtNanos =
        System.nanoTime() + core.options().getRequest().getTraceMaxWait().toNanos();
  }

  Future<QueryTrace> read() {
    return ask(SESSION).compose(this::onSession);
  }

  private Future<QueryTrace> onSession(RowSet rows) {
    Row session = rows.first();
    if (session != null && !session.isNull("duration")) {
      return ask(EVENTS).map(events -> trace(session, events));
    }
    long retryMillis = Math.max(1, core.options().getRequest().getTraceRetryWait().toMillis());
    if (System.nanoTime() - giveUpAtNanos > 0) {
      return Future.failedFuture(
          new TraceNotAvailable(id, core.options().getRequest().getTraceMaxWait()));
    }
    return core.vertx().timer(retryMillis).mapEmpty().compose(waited -> read());
  }

  private Future<RowSet> ask(String cql) {
    return requester.execute(
        SimpleStatement.of(cql, id)
            .withConsistency(core.options().getRequest().getTraceConsistency())
            .withIdempotent(true),
        profile);
  }

  private QueryTrace trace(Row session, RowSet rows) {
    List<QueryTrace.Event> events = new ArrayList<>();
    for (Row row : rows) {
      UUID eventId = Objects.requireNonNull(row.getUuid("event_id"));
      events.add(
          new QueryTrace.Event(
              orEmpty(row.getString("activity")),
              TimeUuids.instantOf(eventId),
              row.getInetAddress("source"),
              micros(row, "source_elapsed"),
              orEmpty(row.getString("thread"))));
    }
    Map<String, String> parameters = session.getMap("parameters", String.class, String.class);
    Instant startedAt = session.getInstant("started_at");
    return new QueryTrace(
        id,
        orEmpty(session.getString("request")),
        micros(session, "duration"),
        session.getInetAddress("coordinator"),
        parameters == null ? Map.of() : parameters,
        startedAt,
        events);
  }

  private static Duration micros(Row row, String column) {
    return row.isNull(column) ? Duration.ZERO : Duration.of(row.getLong(column), ChronoUnit.MICROS);
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
