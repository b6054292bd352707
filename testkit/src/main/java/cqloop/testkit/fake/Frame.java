package cqloop.testkit.fake;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Value. One message as it travels: header and body; native_protocol_v5.spec §2.
 *
 * @param versionByte the first byte, with its direction bit
 * @param flags the flags byte
 * @param streamId the stream id, signed
 * @param opcodeByte the opcode byte, which need not be a known one
 * @param body the body as it travels; the array is shared, not copied
 */
public record Frame(int versionByte, int flags, int streamId, int opcodeByte, byte[] body) {
  /** The body is compressed (v3 and v4). */
  public static final int FLAG_COMPRESSED = 0x01;

  /** The request asks for tracing, or the response carries a tracing id. */
  public static final int FLAG_TRACING = 0x02;

  /** The body starts with a custom payload. */
  public static final int FLAG_PAYLOAD = 0x04;

  /** The response carries warnings. */
  public static final int FLAG_WARNINGS = 0x08;

  /** The sender agrees to a beta version of the protocol. */
  public static final int FLAG_BETA = 0x10;

  /** The direction bit of the version byte: set in responses. */
  public static final int RESPONSE_BIT = 0x80;

  /** Bytes of the header since v3. */
  public static final int HEADER_BYTES = 9;

  /** Bytes of the header of v1 and v2, whose stream id is one byte. */
  public static final int OLD_HEADER_BYTES = 8;

  /** Whether a version byte belongs to v1 or v2. */
  static boolean isOld(int versionByte) {
    int version = versionByte & 0x7F;
    return version == 1 || version == 2;
  }

  /** The message kind, or null when the opcode is not a known one. */
  public @Nullable Opcode opcode() {
    return Opcode.of(opcodeByte);
  }

  /** Whether all bits of {@code mask} are set in the flags. */
  public boolean hasFlag(int mask) {
    return (flags & mask) == mask;
  }

  /** Header and body as bytes. */
  public byte[] encode() {
    WireWriter out = new WireWriter();
    out.writeByte(versionByte).writeByte(flags);
    if (isOld(versionByte)) {
      out.writeByte(streamId);
    } else {
      out.writeShort(streamId);
    }
    return out.writeByte(opcodeByte).writeInt(body.length).writeRaw(body).toBytes();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Frame that
        && versionByte == that.versionByte
        && flags == that.flags
        && streamId == that.streamId
        && opcodeByte == that.opcodeByte
        && Arrays.equals(body, that.body);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * streamId + opcodeByte) + Arrays.hashCode(body);
  }

  @Override
  public String toString() {
    Opcode opcode = opcode();
    return (opcode == null ? "opcode " + opcodeByte : opcode.name())
        + " stream "
        + streamId
        + " version 0x"
        + Integer.toHexString(versionByte)
        + " flags 0x"
        + Integer.toHexString(flags)
        + ", "
        + body.length
        + " bytes";
  }
}
