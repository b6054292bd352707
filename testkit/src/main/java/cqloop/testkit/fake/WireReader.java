package cqloop.testkit.fake;

import io.vertx.core.buffer.Buffer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Not shared. Reads the notations of the protocol (native_protocol_v5.spec §3) from a byte array.
 *
 * <p>Every read that would run past the end, and every length that cannot be true, fails with a
 * {@link WireFormatException}; nothing is allocated from a length that the bytes do not hold.
 */
public final class WireReader {
  private final ByteBuffer in;

  /** Reads from the whole array; the array is not copied. */
  public WireReader(byte[] bytes) {
    this.in = ByteBuffer.wrap(bytes).order(ByteOrder.BIG_ENDIAN);
  }

  /** Reads what remains in {@code bytes}, leaving its position alone. */
  public WireReader(ByteBuffer bytes) {
    this.in = bytes.slice().order(ByteOrder.BIG_ENDIAN);
  }

  /** Reads a copy of {@code bytes}. */
  public WireReader(Buffer bytes) {
    this(bytes.getBytes());
  }

  /** How many bytes are left. */
  public int remaining() {
    return in.remaining();
  }

  /** Fails unless every byte has been read. */
  public void expectEnd(String what) {
    if (in.hasRemaining()) {
      throw new WireFormatException(
          in.remaining() + " bytes are left after " + what + " at offset " + in.position());
    }
  }

  /** [byte], unsigned. */
  public int readByte() {
    need(1, "[byte]");
    return in.get() & 0xFF;
  }

  /** [short], unsigned. */
  public int readShort() {
    need(2, "[short]");
    return in.getShort() & 0xFFFF;
  }

  /** [int], signed. */
  public int readInt() {
    need(4, "[int]");
    return in.getInt();
  }

  /** [long], signed. */
  public long readLong() {
    need(8, "[long]");
    return in.getLong();
  }

  /** [uuid]. */
  public UUID readUuid() {
    need(16, "[uuid]");
    return new UUID(in.getLong(), in.getLong());
  }

  /** [string]. */
  public String readString() {
    return text(take(readShort(), "[string]"));
  }

  /** [long string]. */
  public String readLongString() {
    return text(take(readLength("[long string]"), "[long string]"));
  }

  /** [string list]. */
  public List<String> readStringList() {
    int count = readCount(2, "[string list]");
    List<String> list = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      list.add(readString());
    }
    return list;
  }

  /** [string map], in the order of the wire. */
  public Map<String, String> readStringMap() {
    int count = readCount(4, "[string map]");
    Map<String, String> map = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      map.put(readString(), readString());
    }
    return map;
  }

  /** [string multimap], in the order of the wire. */
  public Map<String, List<String>> readStringMultimap() {
    int count = readCount(4, "[string multimap]");
    Map<String, List<String>> map = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      map.put(readString(), readStringList());
    }
    return map;
  }

  /** [bytes]: null for any negative length. */
  public byte @Nullable [] readBytes() {
    int length = readInt();
    return length < 0 ? null : take(length, "[bytes]");
  }

  /** [value]: bytes, null (length −1) or unset (length −2); other negative lengths fail. */
  public WireValue readValue() {
    int length = readInt();
    if (length == WireValue.NULL_LENGTH) {
      return WireValue.NULL;
    }
    if (length == WireValue.UNSET_LENGTH) {
      return WireValue.UNSET;
    }
    if (length < 0) {
      throw new WireFormatException("[value] has length " + length + "; expected −2 or more");
    }
    return WireValue.of(take(length, "[value]"));
  }

  /** [short bytes]. */
  public byte[] readShortBytes() {
    return take(readShort(), "[short bytes]");
  }

  /** [bytes map], in the order of the wire; null values are kept. */
  public Map<String, byte @Nullable []> readBytesMap() {
    int count = readCount(6, "[bytes map]");
    Map<String, byte @Nullable []> map = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      map.put(readString(), readBytes());
    }
    return map;
  }

  /** [inetaddr]: an address without a port. */
  public InetAddress readInetAddress() {
    int size = readByte();
    if (size != 4 && size != 16) {
      throw new WireFormatException("[inetaddr] has " + size + " bytes; expected 4 or 16");
    }
    try {
      return InetAddress.getByAddress(take(size, "[inetaddr]"));
    } catch (UnknownHostException e) {
      throw new WireFormatException("[inetaddr] was refused", e);
    }
  }

  /** [inet]: an address with a port. */
  public InetSocketAddress readInet() {
    InetAddress address = readInetAddress();
    int port = readInt();
    if (port < 0 || port > 0xFFFF) {
      throw new WireFormatException("[inet] has port " + port + "; expected 0 to 65535");
    }
    return new InetSocketAddress(address, port);
  }

  /** [unsigned vint]: the leading one bits of the first byte count the bytes that follow. */
  public long readUnsignedVint() {
    int first = readByte();
    int extra = Integer.numberOfLeadingZeros(~first & 0xFF) - 24;
    need(extra, "[unsigned vint]");
    long value = extra >= 7 ? 0 : first & (0xFF >> (extra + 1));
    for (int i = 0; i < extra; i++) {
      value = value << 8 | (in.get() & 0xFF);
    }
    return value;
  }

  /** [vint]: zig-zag in an unsigned vint. */
  public long readVint() {
    long raw = readUnsignedVint();
    return (raw >>> 1) ^ -(raw & 1);
  }

  /** The next {@code length} bytes as they are. */
  public byte[] readRaw(int length) {
    return take(length, "raw bytes");
  }

  private int readLength(String what) {
    int length = readInt();
    if (length < 0) {
      throw new WireFormatException(what + " has length " + length + "; expected 0 or more");
    }
    return length;
  }

  private int readCount(int leastBytesEach, String what) {
    int count = readShort();
    if ((long) count * leastBytesEach > in.remaining()) {
      throw new WireFormatException(
          what + " claims " + count + " entries with " + in.remaining() + " bytes left");
    }
    return count;
  }

  private byte[] take(int length, String what) {
    need(length, what);
    byte[] bytes = new byte[length];
    in.get(bytes);
    return bytes;
  }

  private void need(int bytes, String what) {
    if (bytes < 0 || in.remaining() < bytes) {
      throw new WireFormatException(
          what
              + " needs "
              + bytes
              + " bytes at offset "
              + in.position()
              + "; "
              + in.remaining()
              + " are left");
    }
  }

  private static String text(byte[] utf8) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(utf8))
          .toString();
    } catch (CharacterCodingException e) {
      throw new WireFormatException("[string] of " + utf8.length + " bytes is not UTF-8", e);
    }
  }
}
