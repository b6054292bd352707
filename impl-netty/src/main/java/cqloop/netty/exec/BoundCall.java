package cqloop.netty.exec;

import cqloop.BoundStatement;
import cqloop.Consistency;
import cqloop.netty.cluster.ClusterState;
import cqloop.netty.cluster.TokenRing;
import cqloop.netty.conn.Connection;
import cqloop.netty.engine.ProfileSettings;
import cqloop.netty.engine.Routing;
import cqloop.netty.message.Envelope;
import cqloop.netty.message.Execute;
import cqloop.netty.message.PreparedId;
import cqloop.netty.message.QueryParameters;
import cqloop.netty.message.Request;
import cqloop.netty.message.Result;
import cqloop.spi.TimestampGenerator;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Loop-owned. EXECUTE of a bound statement. It is its own message: nearly every request is one of
 * these, and one object is cheaper than two.
 */
final class BoundCall extends Call implements Execute {

  private final long timestamp;
  private ResultShape shape;
  private QueryParameters parameters;

  BoundCall(BoundStatement bound, ProfileSettings profile, TimestampGenerator timestamps) {
    super(bound, profile);
    this.shape = PreparedStatementImpl.of(bound).shape();
    this.parameters = StatementParameters.of(bound.settings(), profile, null);
    // A read has no write time: it costs 8 bytes and a look at the clock for nothing.
    this.timestamp =
        shape.hasRows() && bound.settings().timestamp() == null
            ? QueryParameters.NO_TIMESTAMP
            : timestamp(bound.settings(), timestamps);
  }

  private BoundStatement bound() {
    return (BoundStatement) statement();
  }

  private PreparedStatementImpl statementOfDriver() {
    return (PreparedStatementImpl) bound().prepared();
  }

  @Override
  Request request() {
    return this;
  }

  @Override
  void makeRequest(@Nullable Consistency consistency) {
    shape = statementOfDriver().shape();
    parameters = StatementParameters.of(settings(), profile(), consistency);
  }

  @Override
  public PreparedId prepared() {
    return shape.prepared();
  }

  @Override
  public QueryParameters parameters() {
    return parameters;
  }

  @Override
  public byte[] values() {
    return bound().encodedValues();
  }

  @Override
  public @Nullable String @Nullable [] longTexts() {
    return bound().longTexts();
  }

  @Override
  public long timestamp() {
    return timestamp;
  }

  @Override
  public Envelope envelope() {
    return StatementParameters.envelope(settings(), profile());
  }

  @Override
  ResultShape shape() {
    return shape;
  }

  @Override
  Object read(Execution execution, Attempt attempt, Connection from, Result result, int wireBytes) {
    return Results.read(execution, attempt, from, result, wireBytes, attempt.shape);
  }

  @Override
  Object empty(Execution execution, Attempt attempt) {
    return Results.empty(execution, attempt);
  }

  @Override
  @Nullable String keyspace() {
    return statementOfDriver().routingKeyspace();
  }

  @Override
  @Nullable String table() {
    return statementOfDriver().routingTable();
  }

  @Override
  boolean isConditional() {
    return statementOfDriver().isConditional();
  }

  @Override
  void route(Routing routing, ClusterState cluster, TokenRing ring) {
    route(routing, cluster, ring, bound().encodedValues(), statementOfDriver().partitionKey());
  }

  @Override
  @Nullable PreparedStatementImpl preparedStatement(byte[] id) {
    return Arrays.equals(shape.prepared().id(), id) ? statementOfDriver() : null;
  }

  @Override
  int maxRepreparations() {
    return 1;
  }
}
