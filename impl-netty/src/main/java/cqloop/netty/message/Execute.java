package cqloop.netty.message;

import cqloop.netty.wire.Primitives;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** Value. EXECUTE: a prepared statement with its values. */
public non-sealed interface Execute extends Request {

  /** Returns the ids of the statement. */
  PreparedId prepared();

  /** Returns what it has in common with other requests. */
  QueryParameters parameters();

  /** Returns {@code [short n]([value])*}, or null for none. */
  byte @Nullable [] values();

  /** Returns the texts that the values lack, by position, or null when they lack none. */
  default @Nullable String @Nullable [] longTexts() {
    return null;
  }

  /** Returns microseconds, or {@link QueryParameters#NO_TIMESTAMP}. */
  long timestamp();

  @Override
  Envelope envelope();

  @Override
  default int opcode() {
    return Opcode.EXECUTE;
  }

  @Override
  default void encodeBody(ByteBuf out, Features features) {
    byte[] values = values();
    PreparedId prepared = prepared();
    QueryParameters.requireUnset(values, false, features);
    Primitives.writeShortBytes(out, prepared.id());
    if (features.resultMetadataId()) {
      Primitives.writeShortBytes(out, prepared.metadataIdOrNone());
    }
    int flags = prepared.skipsMetadata(features) ? QueryParameters.SKIP_METADATA : 0;
    parameters().encode(out, features, flags, values, longTexts(), timestamp());
  }

  @Override
  default int sizeHint() {
    byte[] values = values();
    long hint = LongTexts.sizeHint(longTexts()) + (values == null ? 0 : values.length);
    hint += prepared().id().length + parameters().sizeHint();
    return (int) Math.min(hint, Integer.MAX_VALUE);
  }
}
