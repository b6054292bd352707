package cqloop.testkit.fake;

import io.vertx.core.buffer.Buffer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Not shared. Writes the notations of the protocol (native_protocol_v5.spec §3) to a growing array.
 */
public final class WireWriter {
  private static final int FIRST_CAPACITY = 128;

  private byte[] out = new byte[FIRST_CAPACITY];
  private int size;

  /** How many bytes were written. */
  public int size() {
    return size;
  }

  /** Forgets what was written. */
  public void clear() {
    size = 0;
  }

  /** A copy of what was written. */
  public byte[] toBytes() {
    return Arrays.copyOf(out, size);
  }

  /** What was written, as a buffer. */
  public Buffer toBuffer() {
    return Buffer.buffer(toBytes());
  }

  /** [byte]. */
  public WireWriter writeByte(int value) {
    room(1);
    out[size++] = (byte) value;
    return this;
  }

  /** [short]. */
  public WireWriter writeShort(int value) {
    room(2);
    out[size++] = (byte) (value >> 8);
    out[size++] = (byte) value;
    return this;
  }

  /** [int]. */
  public WireWriter writeInt(int value) {
    return writeShort(value >> 16).writeShort(value);
  }

  /** [long]. */
  public WireWriter writeLong(long value) {
    return writeInt((int) (value >> 32)).writeInt((int) value);
  }

  /** [uuid]. */
  public WireWriter writeUuid(UUID value) {
    return writeLong(value.getMostSignificantBits()).writeLong(value.getLeastSignificantBits());
  }

  /** [string]; fails when the text takes more than 65,535 bytes. */
  public WireWriter writeString(String value) {
    return writeShortBytes(value.getBytes(StandardCharsets.UTF_8));
  }

  /** [long string]. */
  public WireWriter writeLongString(String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    return writeInt(utf8.length).writeRaw(utf8);
  }

  /** [string list]. */
  public WireWriter writeStringList(List<String> values) {
    writeCount(values.size());
    for (String value : values) {
      writeString(value);
    }
    return this;
  }

  /** [string map]. */
  public WireWriter writeStringMap(Map<String, String> values) {
    writeCount(values.size());
    values.forEach((key, value) -> writeString(key).writeString(value));
    return this;
  }

  /** [string multimap]. */
  public WireWriter writeStringMultimap(Map<String, List<String>> values) {
    writeCount(values.size());
    values.forEach((key, list) -> writeString(key).writeStringList(list));
    return this;
  }

  /** [bytes]; null is written as length −1. */
  public WireWriter writeBytes(byte @Nullable [] value) {
    return value == null ? writeInt(WireValue.NULL_LENGTH) : writeInt(value.length).writeRaw(value);
  }

  /** [value]. */
  public WireWriter writeValue(WireValue value) {
    return value.isUnset() ? writeInt(WireValue.UNSET_LENGTH) : writeBytes(value.bytes());
  }

  /** [short bytes]; fails when there are more than 65,535. */
  public WireWriter writeShortBytes(byte[] value) {
    if (value.length > 0xFFFF) {
      throw new IllegalArgumentException(
          "[short bytes] cannot hold " + value.length + " bytes; the limit is 65535");
    }
    return writeShort(value.length).writeRaw(value);
  }

  /** [bytes map]. */
  public WireWriter writeBytesMap(Map<String, byte @Nullable []> values) {
    writeCount(values.size());
    values.forEach((key, value) -> writeString(key).writeBytes(value));
    return this;
  }

  /** [inetaddr]: an address without a port. */
  public WireWriter writeInetAddress(InetAddress value) {
    byte[] address = value.getAddress();
    return writeByte(address.length).writeRaw(address);
  }

  /** [inet]: an address with a port; the address must be resolved. */
  public WireWriter writeInet(InetSocketAddress value) {
    return writeInetAddress(value.getAddress()).writeInt(value.getPort());
  }

  /** [unsigned vint]: the leading one bits of the first byte count the bytes that follow. */
  public WireWriter writeUnsignedVint(long value) {
    int bits = Math.max(1, 64 - Long.numberOfLeadingZeros(value));
    int extra = Math.min(8, (bits - 1) / 7);
    if (extra == 8) {
      return writeByte(0xFF).writeLong(value);
    }
    int ones = 0xFF & ~(0xFF >> extra);
    writeByte(ones | (int) (value >>> (8 * extra)));
    for (int shift = 8 * (extra - 1); shift >= 0; shift -= 8) {
      writeByte((int) (value >>> shift));
    }
    return this;
  }

  /** [vint]: zig-zag in an unsigned vint. */
  public WireWriter writeVint(long value) {
    return writeUnsignedVint((value << 1) ^ (value >> 63));
  }

  /** The bytes as they are. */
  public WireWriter writeRaw(byte... bytes) {
    room(bytes.length);
    System.arraycopy(bytes, 0, out, size, bytes.length);
    size += bytes.length;
    return this;
  }

  private void writeCount(int count) {
    if (count > 0xFFFF) {
      throw new IllegalArgumentException("a list cannot hold " + count + " entries; 65535 at most");
    }
    writeShort(count);
  }

  private void room(int bytes) {
    if (out.length - size < bytes) {
      out = Arrays.copyOf(out, Math.max(out.length * 2, size + bytes));
    }
  }
}
