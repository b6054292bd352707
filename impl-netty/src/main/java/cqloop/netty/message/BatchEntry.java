package cqloop.netty.message;

import cqloop.netty.wire.Primitives;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** Value. One statement of a BATCH: text or prepared, with values by position. */
public final class BatchEntry {

  // native_protocol_v5.spec, 4.1.7.
  private static final int TEXT = 0;
  private static final int PREPARED = 1;
  private static final int NO_VALUES = 0;

  private final @Nullable String cql;
  private final byte @Nullable [] id;
  private final byte @Nullable [] values;
  private final @Nullable String @Nullable [] longTexts;

  private BatchEntry(
      @Nullable String cql,
      byte @Nullable [] id,
      byte @Nullable [] values,
      @Nullable String @Nullable [] longTexts) {
    this.cql = cql;
    this.id = id;
    this.values = values;
    this.longTexts = longTexts;
  }

  /** Returns a statement as text; values as in {@link Query#positional}. */
  public static BatchEntry text(String cql, byte @Nullable [] values) {
    return new BatchEntry(cql, null, values, null);
  }

  /** Returns a prepared statement; values and texts as in {@link Execute}. */
  public static BatchEntry prepared(
      byte[] id, byte @Nullable [] values, @Nullable String @Nullable [] longTexts) {
    return new BatchEntry(null, id, values, longTexts);
  }

  void encode(ByteBuf out, Features features) {
    QueryParameters.requireUnset(values, false, features);
    if (id != null) {
      out.writeByte(PREPARED);
      Primitives.writeShortBytes(out, id);
    } else if (cql != null) {
      out.writeByte(TEXT);
      Primitives.writeLongString(out, cql);
    }
    if (values == null) {
      out.writeShort(NO_VALUES);
    } else {
      LongTexts.write(out, values, longTexts);
    }
  }

  long sizeHint() {
    return (cql == null ? 0L : cql.length())
        + (id == null ? 0 : id.length)
        + (values == null ? 0 : values.length)
        + LongTexts.sizeHint(longTexts);
  }
}
