package cqloop.netty.wire;

import cqloop.error.ProtocolViolation;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Loop-owned. Reads the notations of the native protocol from an array. Every length and count is
 * checked against the bytes that remain before anything is allocated for it; what does not fit
 * throws {@link ProtocolViolation} with what was read, where, and what was missing.
 *
 * <p>Malformed UTF-8 in strings of the protocol is replaced, so a broken message text does not hide
 * the error that it belongs to.
 */
public final class BodyReader {

  private static final int SHORT_PREFIX = 2;
  private static final int INT_PREFIX = 4;
  private static final int UUID_BYTES = 16;

  private final byte[] bytes;
  private final int end;
  private final String context;
  private int position;

  /**
   * @param from where the first byte is
   * @param to behind the last byte
   * @param context what is read, for error messages: "RESULT"
   */
  public BodyReader(byte[] bytes, int from, int to, String context) {
    if (from < 0 || from > to || to > bytes.length) {
      throw new IllegalArgumentException(
          "Range %s..%s is outside of an array of %s".formatted(from, to, bytes.length));
    }
    this.bytes = bytes;
    this.position = from;
    this.end = to;
    this.context = context;
  }

  public int position() {
    return position;
  }

  public int remaining() {
    return end - position;
  }

  /** Returns the next byte, 0 to 255. */
  public int readByte(String what) {
    require(1, what);
    return bytes[position++] & 0xFF;
  }

  /** Reads a [short], 0 to 65535. */
  public int readShort(String what) {
    require(Short.BYTES, what);
    int value = BigEndian.getUnsignedShort(bytes, position);
    position += Short.BYTES;
    return value;
  }

  /** Reads an [int]. */
  public int readInt(String what) {
    require(Integer.BYTES, what);
    int value = BigEndian.getInt(bytes, position);
    position += Integer.BYTES;
    return value;
  }

  /** Reads a [long]. */
  public long readLong(String what) {
    require(Long.BYTES, what);
    long value = BigEndian.getLong(bytes, position);
    position += Long.BYTES;
    return value;
  }

  /** Reads a [uuid]. */
  public UUID readUuid(String what) {
    require(UUID_BYTES, what);
    return new UUID(readLong(what), readLong(what));
  }

  /** Reads an [int] that counts elements of at least {@code minBytes} bytes each. */
  public int readCount(int minBytes, String what) {
    return checkCount(readInt(what), minBytes, what);
  }

  /** Reads a [short] that counts elements of at least {@code minBytes} bytes each. */
  public int readShortCount(int minBytes, String what) {
    return checkCount(readShort(what), minBytes, what);
  }

  /** Reads a [string]. */
  public String readString(String what) {
    return text(readShort(what), what);
  }

  /** Reads [bytes]; any negative length is null. */
  public byte @Nullable [] readBytes(String what) {
    int length = readInt(what);
    return length < 0 ? null : copy(length, what);
  }

  /** Reads [short bytes]. */
  public byte[] readShortBytes(String what) {
    return copy(readShort(what), what);
  }

  /** Reads a [string list]. */
  public List<String> readStringList(String what) {
    int count = readShortCount(SHORT_PREFIX, what);
    List<String> values = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      values.add(readString(what));
    }
    return values;
  }

  /** Reads a [string multimap]; of equal keys the last wins. */
  public Map<String, List<String>> readStringMultimap(String what) {
    int count = readShortCount(2 * SHORT_PREFIX, what);
    Map<String, List<String>> values = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      values.put(readString(what), readStringList(what));
    }
    return values;
  }

  /** Reads a [bytes map]; of equal keys the last wins. */
  public Map<String, byte @Nullable []> readBytesMap(String what) {
    int count = readShortCount(SHORT_PREFIX + INT_PREFIX, what);
    Map<String, byte @Nullable []> values = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      values.put(readString(what), readBytes(what));
    }
    return values;
  }

  /** Reads an [inetaddr]. */
  public InetAddress readInetAddress(String what) {
    int length = readByte(what);
    if (length != 4 && length != 16) {
      throw violation(what, "an address has 4 or 16 bytes, not " + length);
    }
    try {
      return InetAddress.getByAddress(copy(length, what));
    } catch (UnknownHostException e) {
      throw new AssertionError("4 or 16 bytes are always an address", e);
    }
  }

  /** Reads an [inet]. */
  public InetSocketAddress readInet(String what) {
    InetAddress address = readInetAddress(what);
    int port = readInt(what);
    if (port < 0 || port > 0xFFFF) {
      throw violation(what, "a port is within 0..65535, not " + port);
    }
    return new InetSocketAddress(address, port);
  }

  /** Passes over this many bytes. */
  public void skip(int length, String what) {
    require(length, what);
    position += length;
  }

  /** Throws unless all bytes were read. */
  public void requireEnd() {
    if (position != end) {
      throw violation("the end", (end - position) + " bytes follow");
    }
  }

  /** Returns the error that what is read at the current position is wrong. */
  public ProtocolViolation violation(String what, String problem) {
    return new ProtocolViolation(
        "Cannot read %s of %s at offset %s: %s".formatted(what, context, position, problem));
  }

  private int checkCount(int count, int minBytes, String what) {
    if (count < 0 || count > remaining() / minBytes) {
      throw violation(
          what,
          "%s elements of at least %s bytes are claimed, %s bytes remain"
              .formatted(count, minBytes, remaining()));
    }
    return count;
  }

  private String text(int length, String what) {
    require(length, what);
    String value = new String(bytes, position, length, StandardCharsets.UTF_8);
    position += length;
    return value;
  }

  private byte[] copy(int length, String what) {
    require(length, what);
    byte[] value = Arrays.copyOfRange(bytes, position, position + length);
    position += length;
    return value;
  }

  private void require(int length, String what) {
    if (length < 0 || length > end - position) {
      throw violation(
          what, "%s bytes are needed, %s bytes remain".formatted(length, end - position));
    }
  }
}
