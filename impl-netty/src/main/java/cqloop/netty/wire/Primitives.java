package cqloop.netty.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Value. Writes the notations of the native protocol (native_protocol_v5.spec, 3. Notations). */
public final class Primitives {

  /** The most that a [short] can count. */
  public static final int MAX_SHORT = 0xFFFF;

  private static final int NULL_LENGTH = -1;

  private Primitives() {}

  /**
   * Writes a [short].
   *
   * @throws IllegalArgumentException when the value needs more than 16 bits
   */
  public static void writeShort(ByteBuf out, int value, String what) {
    if (value < 0 || value > MAX_SHORT) {
      throw new IllegalArgumentException(
          "%s is %s, but the protocol has room for 0..%s".formatted(what, value, MAX_SHORT));
    }
    out.writeShort(value);
  }

  /**
   * Writes a [string].
   *
   * @throws IllegalArgumentException when it has more than 65535 bytes of UTF-8
   */
  public static void writeString(ByteBuf out, String value) {
    int start = out.writerIndex();
    out.writeShort(0);
    int length = ByteBufUtil.writeUtf8(out, value);
    if (length > MAX_SHORT) {
      out.writerIndex(start);
      throw new IllegalArgumentException(
          "A string of %s bytes does not fit: the limit is %s".formatted(length, MAX_SHORT));
    }
    out.setShort(start, length);
  }

  /** Writes a [long string]. */
  public static void writeLongString(ByteBuf out, String value) {
    int start = out.writerIndex();
    out.writeInt(0);
    out.setInt(start, ByteBufUtil.writeUtf8(out, value));
  }

  /** Writes [bytes]; null is written as such. */
  public static void writeBytes(ByteBuf out, byte @Nullable [] value) {
    if (value == null) {
      out.writeInt(NULL_LENGTH);
      return;
    }
    out.writeInt(value.length);
    out.writeBytes(value);
  }

  /**
   * Writes [short bytes].
   *
   * @throws IllegalArgumentException when there are more than 65535
   */
  public static void writeShortBytes(ByteBuf out, byte[] value) {
    writeShort(out, value.length, "The length of an identifier");
    out.writeBytes(value);
  }

  /** Writes a [string list]. */
  public static void writeStringList(ByteBuf out, List<String> values) {
    writeShort(out, values.size(), "The size of a list of strings");
    for (String value : values) {
      writeString(out, value);
    }
  }

  /** Writes a [string map] in the order of the map. */
  public static void writeStringMap(ByteBuf out, Map<String, String> values) {
    writeShort(out, values.size(), "The size of a map of strings");
    for (Map.Entry<String, String> entry : values.entrySet()) {
      writeString(out, entry.getKey());
      writeString(out, entry.getValue());
    }
  }
}
