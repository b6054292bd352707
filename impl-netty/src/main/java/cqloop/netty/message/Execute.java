package cqloop.netty.message;

import cqloop.netty.wire.Primitives;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** Value. EXECUTE: a prepared statement with its values. */
public final class Execute implements Request {

  private static final byte[] NO_METADATA_ID = new byte[0];

  private final PreparedId prepared;
  private final QueryParameters parameters;
  private final byte @Nullable [] values;
  private final long timestamp;
  private final Envelope envelope;

  /**
   * @param values {@code [short n]([value])*}, null for none; not copied
   * @param timestamp microseconds, or {@link QueryParameters#NO_TIMESTAMP}
   */
  public Execute(
      PreparedId prepared,
      QueryParameters parameters,
      byte @Nullable [] values,
      long timestamp,
      Envelope envelope) {
    this.prepared = prepared;
    this.parameters = parameters;
    this.values = values;
    this.timestamp = timestamp;
    this.envelope = envelope;
  }

  @Override
  public int opcode() {
    return Opcode.EXECUTE;
  }

  @Override
  public void encodeBody(ByteBuf out, Features features) {
    QueryParameters.requireUnset(values, false, features);
    Primitives.writeShortBytes(out, prepared.id());
    if (features.resultMetadataId()) {
      byte[] metadataId = prepared.resultMetadataId();
      // Prepared over a connection that had no ids: an id that matches none asks for the columns.
      Primitives.writeShortBytes(out, metadataId == null ? NO_METADATA_ID : metadataId);
    }
    int flags = prepared.skipMetadata() ? QueryParameters.SKIP_METADATA : 0;
    parameters.encode(out, features, flags, values, timestamp);
  }

  @Override
  public Envelope envelope() {
    return envelope;
  }

  @Override
  public int sizeHint() {
    return prepared.id().length + (values == null ? 0 : values.length) + parameters.sizeHint();
  }
}
