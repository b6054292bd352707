package cqloop.testkit.fake;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Value. What follows the statement in QUERY, EXECUTE and BATCH; native_protocol_v5.spec §4.1.4.
 */
public final class QueryParameters {
  static final int FLAG_VALUES = 0x01;
  static final int FLAG_SKIP_METADATA = 0x02;
  static final int FLAG_PAGE_SIZE = 0x04;
  static final int FLAG_PAGING_STATE = 0x08;
  static final int FLAG_SERIAL = 0x10;
  static final int FLAG_TIMESTAMP = 0x20;
  static final int FLAG_NAMES = 0x40;
  static final int FLAG_KEYSPACE = 0x80;
  static final int FLAG_NOW = 0x100;
  // dse_protocol_v1.spec §4.1.4.
  static final int FLAG_PAGE_IN_BYTES = 0x40000000;
  static final int FLAG_CONTINUOUS = 0x80000000;

  private final int consistency;
  private final int flags;
  private final List<WireValue> values = new ArrayList<>();
  private final List<String> names = new ArrayList<>();
  private final @Nullable Integer pageSize;
  private final byte @Nullable [] pagingState;
  private final @Nullable Integer serialConsistency;
  private final @Nullable Long timestamp;
  private final @Nullable String keyspace;
  private final @Nullable Integer nowInSeconds;
  private final List<Integer> continuousPaging;

  /** Reads the parameters of QUERY and EXECUTE, or the shorter ones of BATCH. */
  QueryParameters(WireReader in, WireVersion version, boolean batch) {
    consistency = in.readShort();
    flags = version.wideQueryFlags() ? in.readInt() : in.readByte();
    if (!batch && has(FLAG_VALUES)) {
      readValues(in);
    }
    pageSize = !batch && has(FLAG_PAGE_SIZE) ? (Integer) in.readInt() : null;
    pagingState = !batch && has(FLAG_PAGING_STATE) ? in.readBytes() : null;
    serialConsistency = has(FLAG_SERIAL) ? (Integer) in.readShort() : null;
    timestamp = has(FLAG_TIMESTAMP) ? (Long) in.readLong() : null;
    keyspace = version.hasRequestKeyspace() && has(FLAG_KEYSPACE) ? in.readString() : null;
    nowInSeconds = version == WireVersion.V5 && has(FLAG_NOW) ? (Integer) in.readInt() : null;
    continuousPaging = new ArrayList<>();
    if (!batch && version.isDse() && has(FLAG_CONTINUOUS)) {
      int fields = version == WireVersion.DSE_V2 ? 3 : 2;
      for (int i = 0; i < fields; i++) {
        continuousPaging.add(in.readInt());
      }
    }
  }

  private void readValues(WireReader in) {
    int count = in.readShort();
    for (int i = 0; i < count; i++) {
      if (has(FLAG_NAMES)) {
        names.add(in.readString());
      }
      values.add(in.readValue());
    }
  }

  private boolean has(int flag) {
    return (flags & flag) != 0;
  }

  /** The consistency level as its number. */
  public int consistency() {
    return consistency;
  }

  /** The flags as they were sent. */
  public int flags() {
    return flags;
  }

  /** The bound values in the order of the wire. */
  public List<WireValue> values() {
    return List.copyOf(values);
  }

  /** The names of the values, or an empty list when they are positional. */
  public List<String> names() {
    return List.copyOf(names);
  }

  /** Whether the server may leave out the metadata of the rows. */
  public boolean skipMetadata() {
    return has(FLAG_SKIP_METADATA);
  }

  /** The page size, in rows unless {@link #pageSizeInBytes}, or null when there is none. */
  public @Nullable Integer pageSize() {
    return pageSize;
  }

  /** Whether the page size is a number of bytes (DSE). */
  public boolean pageSizeInBytes() {
    return has(FLAG_PAGE_IN_BYTES);
  }

  /** The paging state, or null when there is none. */
  public byte @Nullable [] pagingState() {
    return pagingState == null ? null : pagingState.clone();
  }

  /** The serial consistency level as its number, or null when there is none. */
  public @Nullable Integer serialConsistency() {
    return serialConsistency;
  }

  /** The write timestamp in microseconds, or null when there is none. */
  public @Nullable Long timestamp() {
    return timestamp;
  }

  /** The keyspace of this request (v5 and DSE v2), or null when there is none. */
  public @Nullable String keyspace() {
    return keyspace;
  }

  /** The "now" of this request in seconds (v5), or null when there is none. */
  public @Nullable Integer nowInSeconds() {
    return nowInSeconds;
  }

  /** Max pages, pages per second and (DSE v2) next pages; empty without continuous paging. */
  public List<Integer> continuousPaging() {
    return List.copyOf(continuousPaging);
  }
}
