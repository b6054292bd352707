package cqloop.netty.message;

import cqloop.Consistency;
import cqloop.netty.wire.Primitives;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Value. The parameters that QUERY, EXECUTE and BATCH have in common and that many requests share.
 * A batch has neither page size nor paging state and ignores them.
 *
 * @param serialConsistency of conditional updates, null for the server's default
 * @param pageSize rows per page, 0 or less for all at once
 * @param pagingState where to go on, null for the start
 * @param keyspace the keyspace of unqualified names, null for that of the connection
 * @param nowInSeconds the server's clock for time to live, {@link #SERVER_TIME} for its own
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record QueryParameters(
    Consistency consistency,
    @Nullable Consistency serialConsistency,
    int pageSize,
    byte @Nullable [] pagingState,
    @Nullable String keyspace,
    int nowInSeconds) {

  /** No {@link #nowInSeconds}. */
  public static final int SERVER_TIME = Integer.MIN_VALUE;

  /** No timestamp of the client. */
  public static final long NO_TIMESTAMP = Long.MIN_VALUE;

  // native_protocol_v5.spec, 4.1.4; 0x80000000 and 0x40000000 of DSE are not used.
  static final int VALUES = 0x01;
  static final int SKIP_METADATA = 0x02;
  static final int PAGE_SIZE = 0x04;
  static final int PAGING_STATE = 0x08;
  static final int SERIAL_CONSISTENCY = 0x10;
  static final int TIMESTAMP = 0x20;
  static final int NAMES = 0x40;
  static final int KEYSPACE = 0x80;
  static final int NOW_IN_SECONDS = 0x100;

  /** Returns parameters with a consistency, a page size and nothing else. */
  public static QueryParameters of(Consistency consistency, int pageSize) {
    return new QueryParameters(consistency, null, pageSize, null, null, SERVER_TIME);
  }

  /** Returns these parameters at another page. */
  public QueryParameters withPagingState(byte @Nullable [] state) {
    return new QueryParameters(
        consistency, serialConsistency, pageSize, state, keyspace, nowInSeconds);
  }

  /** Writes the parameters of QUERY and EXECUTE. */
  void encode(
      ByteBuf out,
      Features features,
      int statementFlags,
      byte @Nullable [] values,
      @Nullable String @Nullable [] longTexts,
      long timestamp) {
    boolean paged = pageSize > 0;
    int flags = statementFlags | sharedFlags(features, timestamp);
    flags |= values == null ? 0 : VALUES;
    flags |= paged ? PAGE_SIZE : 0;
    flags |= pagingState == null ? 0 : PAGING_STATE;
    out.writeShort(consistency.protocolCode());
    writeFlags(out, flags, features);
    if (values != null) {
      LongTexts.write(out, values, longTexts);
    }
    if (paged) {
      out.writeInt(pageSize);
    }
    if (pagingState != null) {
      Primitives.writeBytes(out, pagingState);
    }
    encodeShared(out, timestamp);
  }

  /** Writes the parameters of BATCH. */
  void encodeBatch(ByteBuf out, Features features, long timestamp) {
    out.writeShort(consistency.protocolCode());
    writeFlags(out, sharedFlags(features, timestamp), features);
    encodeShared(out, timestamp);
  }

  int sizeHint() {
    return pagingState == null ? 0 : pagingState.length;
  }

  static void requireKeyspace(@Nullable String keyspace, Features features) {
    if (keyspace != null) {
      features.require(
          features.keyspacePerRequest(),
          "A keyspace per request",
          "protocol v5 or DSE_V2, or names qualified with the keyspace");
    }
  }

  /** Throws when positional values hold an unset one and the version does not know unset. */
  static void requireUnset(byte @Nullable [] values, boolean named, Features features) {
    if (values != null && !features.unsetValues() && EncodedValues.anyUnset(values, named)) {
      features.require(false, "An unset value", "protocol v4 or later, or null instead of unset");
    }
  }

  private int sharedFlags(Features features, long timestamp) {
    int flags = serialConsistency == null ? 0 : SERIAL_CONSISTENCY;
    flags |= timestamp == NO_TIMESTAMP ? 0 : TIMESTAMP;
    if (keyspace != null) {
      requireKeyspace(keyspace, features);
      flags |= KEYSPACE;
    }
    if (nowInSeconds != SERVER_TIME) {
      features.require(features.nowInSeconds(), "The time now-in-seconds", "protocol v5 or later");
      flags |= NOW_IN_SECONDS;
    }
    return flags;
  }

  private void encodeShared(ByteBuf out, long timestamp) {
    if (serialConsistency != null) {
      out.writeShort(serialConsistency.protocolCode());
    }
    if (timestamp != NO_TIMESTAMP) {
      out.writeLong(timestamp);
    }
    if (keyspace != null) {
      Primitives.writeString(out, keyspace);
    }
    if (nowInSeconds != SERVER_TIME) {
      out.writeInt(nowInSeconds);
    }
  }

  private static void writeFlags(ByteBuf out, int flags, Features features) {
    if (features.wideFlags()) {
      out.writeInt(flags);
    } else {
      out.writeByte(flags);
    }
  }
}
