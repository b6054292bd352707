package cqloop.netty.exec;

import cqloop.BoundStatement;
import cqloop.Consistency;
import cqloop.netty.cluster.TokenRing;
import cqloop.netty.conn.Connection;
import cqloop.netty.engine.ProfileSettings;
import cqloop.netty.engine.Routing;
import cqloop.netty.message.Execute;
import cqloop.netty.message.QueryParameters;
import cqloop.netty.message.Request;
import cqloop.netty.message.Result;
import cqloop.spi.TimestampGenerator;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Loop-owned. EXECUTE of a bound statement. */
final class BoundCall extends Call {

  private final long timestamp;
  private ResultShape shape;

  BoundCall(BoundStatement bound, ProfileSettings profile, TimestampGenerator timestamps) {
    super(bound, profile);
    this.shape = PreparedStatementImpl.of(bound).shape();
    // A read has no write time: it costs 8 bytes and a look at the clock for nothing.
    this.timestamp =
        shape.hasRows() && bound.settings().timestamp() == null
            ? QueryParameters.NO_TIMESTAMP
            : timestamp(bound.settings(), timestamps);
  }

  private BoundStatement bound() {
    return (BoundStatement) statement();
  }

  private PreparedStatementImpl prepared() {
    return (PreparedStatementImpl) bound().prepared();
  }

  @Override
  Request encode(@Nullable Consistency consistency) {
    BoundStatement bound = bound();
    shape = prepared().shape();
    return new Execute(
        shape.prepared(),
        StatementParameters.of(bound.settings(), profile(), consistency),
        bound.encodedValues(),
        timestamp,
        StatementParameters.envelope(bound.settings(), profile()));
  }

  @Override
  ResultShape shape() {
    return shape;
  }

  @Override
  Object read(Execution execution, Attempt attempt, Connection from, Result result, int wireBytes) {
    return Results.read(execution, attempt, from, result, wireBytes, attempt.shape, prepared());
  }

  @Override
  Object empty(Execution execution, Attempt attempt) {
    return Results.empty(execution, attempt);
  }

  @Override
  @Nullable String keyspace() {
    return prepared().routingKeyspace();
  }

  @Override
  void route(Routing routing, TokenRing ring) {
    PreparedStatementImpl prepared = prepared();
    if (prepared.isConditional()) {
      routing.markConditional();
    }
    route(routing, ring, bound().encodedValues(), prepared.partitionKey());
  }

  @Override
  @Nullable PreparedStatementImpl preparedStatement(byte[] id) {
    return Arrays.equals(shape.prepared().id(), id) ? prepared() : null;
  }

  @Override
  int maxRepreparations() {
    return 1;
  }
}
