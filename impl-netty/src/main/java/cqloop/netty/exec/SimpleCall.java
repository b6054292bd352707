package cqloop.netty.exec;

import cqloop.Consistency;
import cqloop.SimpleStatement;
import cqloop.netty.cluster.ClusterState;
import cqloop.netty.cluster.TokenRing;
import cqloop.netty.codec.SimpleValues;
import cqloop.netty.conn.Connection;
import cqloop.netty.engine.ProfileSettings;
import cqloop.netty.engine.Routing;
import cqloop.netty.message.Query;
import cqloop.netty.message.QueryParameters;
import cqloop.netty.message.Request;
import cqloop.netty.message.Result;
import cqloop.spi.TimestampGenerator;
import org.jspecify.annotations.Nullable;

/** Loop-owned. QUERY of a simple statement. */
final class SimpleCall extends Call {

  private final SimpleStatement simple;
  private final byte @Nullable [] values;
  private final long timestamp;
  private Request request;

  SimpleCall(
      SimpleStatement simple,
      ProfileSettings profile,
      SimpleValues codecs,
      TimestampGenerator timestamps) {
    super(simple, profile);
    this.simple = simple;
    this.values = encodeValues(simple, codecs);
    this.timestamp = timestamp(simple.settings(), timestamps);
    this.request = encode(null);
  }

  /** Returns the values in the form of the wire, or null when there are none. */
  static byte @Nullable [] encodeValues(SimpleStatement simple, SimpleValues codecs) {
    if (!simple.namedValues().isEmpty()) {
      return codecs.encodeNamed(simple.namedValues());
    }
    return simple.values().isEmpty() ? null : codecs.encode(simple.values());
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
    QueryParameters parameters = StatementParameters.of(simple.settings(), profile(), consistency);
    return values == null || simple.namedValues().isEmpty()
        ? Query.positional(
            simple.cql(),
            parameters,
            values,
            timestamp,
            StatementParameters.envelope(simple.settings(), profile()))
        : Query.named(
            simple.cql(),
            parameters,
            values,
            timestamp,
            StatementParameters.envelope(simple.settings(), profile()));
  }

  @Override
  Object read(Execution execution, Attempt attempt, Connection from, Result result, int wireBytes) {
    return Results.read(execution, attempt, from, result, wireBytes, null);
  }

  @Override
  void route(Routing routing, ClusterState cluster, TokenRing ring) {
    if (values != null && simple.namedValues().isEmpty()) {
      route(routing, cluster, ring, values, simple.keyIndices());
    }
  }

  @Override
  Object empty(Execution execution, Attempt attempt) {
    return Results.empty(execution, attempt);
  }
}
