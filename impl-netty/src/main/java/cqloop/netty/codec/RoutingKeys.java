package cqloop.netty.codec;

import cqloop.netty.wire.BigEndian;
import org.jspecify.annotations.Nullable;

/**
 * Value. Finds the partition key among encoded values ({@code [short n]}, then n times {@code [int
 * length][bytes]}), without copying where it has one component.
 */
public final class RoutingKeys {

  /** There is no key: a component is null or unset. */
  public static final long NONE = -1;

  /** The longest component of a key of several: its length has 16 bits. */
  public static final int MAX_COMPONENT_BYTES = 0xFFFF;

  private RoutingKeys() {}

  /**
   * Returns where the value at this position is: the offset of its bytes in the upper half, their
   * number in the lower; or {@link #NONE} when it is null or unset.
   */
  public static long slice(byte[] encodedValues, int index) {
    int at = Short.BYTES;
    for (int i = 0; i < index; i++) {
      at += Integer.BYTES + Math.max(0, BigEndian.getInt(encodedValues, at));
    }
    int length = BigEndian.getInt(encodedValues, at);
    return length < 0 ? NONE : (long) (at + Integer.BYTES) << 32 | length;
  }

  /** Returns the offset of a slice. */
  public static int offset(long slice) {
    return (int) (slice >>> 32);
  }

  /** Returns the number of bytes of a slice. */
  public static int length(long slice) {
    return (int) slice;
  }

  /**
   * Returns the key of several components as the server serializes it: for each its length in 16
   * bits, its bytes, and a zero byte; or null when a component is null or unset.
   *
   * @param indices the positions of the components in the order of the key
   * @throws IllegalArgumentException when a component is longer than {@link #MAX_COMPONENT_BYTES}
   */
  public static byte @Nullable [] composite(byte[] encodedValues, int[] indices) {
    int total = 0;
    for (int index : indices) {
      long slice = slice(encodedValues, index);
      if (slice == NONE) {
        return null;
      }
      if (length(slice) > MAX_COMPONENT_BYTES) {
        throw new IllegalArgumentException(
            "Component %s of the partition key has %s bytes; the limit is %s"
                .formatted(index, length(slice), MAX_COMPONENT_BYTES));
      }
      total += Short.BYTES + length(slice) + 1;
    }
    byte[] key = new byte[total];
    int at = 0;
    for (int index : indices) {
      long slice = slice(encodedValues, index);
      BigEndian.putShort(key, at, length(slice));
      System.arraycopy(encodedValues, offset(slice), key, at + Short.BYTES, length(slice));
      at += Short.BYTES + length(slice) + 1;
    }
    return key;
  }

  /** Returns the serialized key of any number of components, or null when there is none. */
  public static byte @Nullable [] serialized(byte[] encodedValues, int[] indices) {
    if (indices.length != 1) {
      return indices.length == 0 ? null : composite(encodedValues, indices);
    }
    long slice = slice(encodedValues, indices[0]);
    if (slice == NONE) {
      return null;
    }
    byte[] key = new byte[length(slice)];
    System.arraycopy(encodedValues, offset(slice), key, 0, key.length);
    return key;
  }
}
