package cqloop.netty.message;

import cqloop.netty.wire.Primitives;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** Value. QUERY: a statement as text, with or without values. */
public final class Query implements Request {

  private final String cql;
  private final QueryParameters parameters;
  private final byte @Nullable [] values;
  private final boolean named;
  private final long timestamp;
  private final Envelope envelope;

  private Query(
      String cql,
      QueryParameters parameters,
      byte @Nullable [] values,
      boolean named,
      long timestamp,
      Envelope envelope) {
    this.cql = cql;
    this.parameters = parameters;
    this.values = values;
    this.named = named;
    this.timestamp = timestamp;
    this.envelope = envelope;
  }

  /** Returns a statement without values, timestamp, tracing and payload. */
  public static Query of(String cql, QueryParameters parameters) {
    return new Query(cql, parameters, null, false, QueryParameters.NO_TIMESTAMP, Envelope.PLAIN);
  }

  /**
   * Returns a statement whose values are bound by position.
   *
   * @param values {@code [short n]([value])*}, null for none; not copied
   * @param timestamp microseconds, or {@link QueryParameters#NO_TIMESTAMP}
   */
  public static Query positional(
      String cql,
      QueryParameters parameters,
      byte @Nullable [] values,
      long timestamp,
      Envelope envelope) {
    return new Query(cql, parameters, values, false, timestamp, envelope);
  }

  /**
   * Returns a statement whose values are bound by name.
   *
   * @param values {@code [short n]([string name][value])*}; not copied
   * @param timestamp microseconds, or {@link QueryParameters#NO_TIMESTAMP}
   */
  public static Query named(
      String cql, QueryParameters parameters, byte[] values, long timestamp, Envelope envelope) {
    return new Query(cql, parameters, values, true, timestamp, envelope);
  }

  @Override
  public int opcode() {
    return Opcode.QUERY;
  }

  @Override
  public void encodeBody(ByteBuf out, Features features) {
    QueryParameters.requireUnset(values, named, features);
    Primitives.writeLongString(out, cql);
    parameters.encode(out, features, named ? QueryParameters.NAMES : 0, values, null, timestamp);
  }

  @Override
  public Envelope envelope() {
    return envelope;
  }

  @Override
  public int sizeHint() {
    return cql.length() + (values == null ? 0 : values.length) + parameters.sizeHint();
  }
}
