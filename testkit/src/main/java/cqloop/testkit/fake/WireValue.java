package cqloop.testkit.fake;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Value. One bound value as it travelled: bytes, null or unset; native_protocol_v5.spec §3. */
public final class WireValue {
  /** The value that says null. */
  public static final WireValue NULL = new WireValue(null);

  /** The value that says "leave the column as it is" (v4 and later). */
  public static final WireValue UNSET = new WireValue(null);

  static final int NULL_LENGTH = -1;
  static final int UNSET_LENGTH = -2;

  private final byte @Nullable [] bytes;

  private WireValue(byte @Nullable [] bytes) {
    this.bytes = bytes;
  }

  /** A value of these bytes. */
  public static WireValue of(byte... bytes) {
    return new WireValue(bytes.clone());
  }

  /** A copy of the bytes, or null when the value is null or unset. */
  public byte @Nullable [] bytes() {
    return bytes == null ? null : bytes.clone();
  }

  /** Whether the value is null. */
  public boolean isNull() {
    return this == NULL;
  }

  /** Whether the value is unset. */
  public boolean isUnset() {
    return this == UNSET;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    if (this == other) {
      return true;
    }
    return other instanceof WireValue that
        && bytes != null
        && that.bytes != null
        && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return bytes == null ? System.identityHashCode(this) : Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    if (isNull()) {
      return "null";
    }
    return bytes == null ? "unset" : bytes.length + " bytes";
  }
}
