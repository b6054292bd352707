package cqloop.netty.exec;

import cqloop.BatchStatement;
import cqloop.BoundStatement;
import cqloop.Consistency;
import cqloop.SimpleStatement;
import cqloop.Statement;
import cqloop.netty.cluster.ClusterState;
import cqloop.netty.cluster.TokenRing;
import cqloop.netty.codec.SimpleValues;
import cqloop.netty.conn.Connection;
import cqloop.netty.engine.ProfileSettings;
import cqloop.netty.engine.Routing;
import cqloop.netty.message.Batch;
import cqloop.netty.message.BatchEntry;
import cqloop.netty.message.Request;
import cqloop.netty.message.Result;
import cqloop.spi.TimestampGenerator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Loop-owned. BATCH of simple and bound statements. */
final class BatchCall extends Call {

  private final BatchStatement batch;
  private final SimpleValues codecs;
  private final long timestamp;
  private Request request;

  BatchCall(
      BatchStatement batch,
      ProfileSettings profile,
      SimpleValues codecs,
      TimestampGenerator timestamps) {
    super(batch, profile);
    this.batch = batch;
    this.codecs = codecs;
    this.timestamp = timestamp(batch.settings(), timestamps);
    this.request = encode(null);
  }

  @Override
  Request request() {
    return request;
  }

  @Override
  void makeRequest(@Nullable Consistency consistency) {
    request = encode(consistency);
  }

  private Request encode(@Nullable Consistency consistency) {
    List<BatchEntry> entries = new ArrayList<>(batch.statements().size());
    for (Statement<?> child : batch.statements()) {
      entries.add(entry(child));
    }
    return new Batch(
        batch.type(),
        entries,
        StatementParameters.of(batch.settings(), profile(), consistency),
        timestamp,
        StatementParameters.envelope(batch.settings(), profile()));
  }

  private BatchEntry entry(Statement<?> child) {
    if (child instanceof BoundStatement bound) {
      byte[] id = PreparedStatementImpl.of(bound).shape().prepared().id();
      return BatchEntry.prepared(id, bound.encodedValues(), bound.longTexts());
    }
    SimpleStatement simple = (SimpleStatement) child;
    return BatchEntry.text(simple.cql(), SimpleCall.encodeValues(simple, codecs));
  }

  @Override
  Object read(Execution execution, Attempt attempt, Connection from, Result result, int wireBytes) {
    return Results.read(execution, attempt, from, result, wireBytes, null);
  }

  /** A batch goes where the first child that has a known key goes. */
  @Override
  void route(Routing routing, ClusterState cluster, TokenRing ring) {
    BoundStatement first = firstWithKey();
    if (first != null) {
      route(
          routing,
          cluster,
          ring,
          first.encodedValues(),
          PreparedStatementImpl.of(first).partitionKey());
    }
  }

  @Override
  @Nullable String keyspace() {
    BoundStatement first = firstWithKey();
    return first == null ? super.keyspace() : PreparedStatementImpl.of(first).routingKeyspace();
  }

  @Override
  @Nullable String table() {
    BoundStatement first = firstWithKey();
    return first == null ? null : PreparedStatementImpl.of(first).routingTable();
  }

  @Override
  boolean isConditional() {
    for (Statement<?> child : batch.statements()) {
      if (child instanceof BoundStatement bound
          && PreparedStatementImpl.of(bound).isConditional()) {
        return true;
      }
    }
    return false;
  }

  private @Nullable BoundStatement firstWithKey() {
    for (Statement<?> child : batch.statements()) {
      if (child instanceof BoundStatement bound
          && PreparedStatementImpl.of(bound).partitionKey().length > 0) {
        return bound;
      }
    }
    return null;
  }

  @Override
  Object empty(Execution execution, Attempt attempt) {
    return Results.empty(execution, attempt);
  }

  @Override
  @Nullable PreparedStatementImpl preparedStatement(byte[] id) {
    for (Statement<?> child : batch.statements()) {
      if (child instanceof BoundStatement bound) {
        PreparedStatementImpl prepared = PreparedStatementImpl.of(bound);
        if (Arrays.equals(prepared.shape().prepared().id(), id)) {
          return prepared;
        }
      }
    }
    return null;
  }

  @Override
  int maxRepreparations() {
    return batch.statements().size();
  }
}
