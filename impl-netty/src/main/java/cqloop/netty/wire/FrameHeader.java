package cqloop.netty.wire;

/**
 * Value. Layout of the frame header: version, flags, stream id (16 bits), opcode, body length (32
 * bits), all big-endian. Versions 1 and 2 had a stream id of 8 bits.
 */
public final class FrameHeader {

  // native_protocol_v4.spec, 2. Frame header; native_protocol_v2.spec, 2.
  public static final int BYTES = 9;
  public static final int LEGACY_BYTES = 8;
  public static final int OPCODE_OFFSET = 4;
  public static final int LENGTH_OFFSET = 5;

  /** Set in the version byte of a response, clear in that of a request. */
  public static final int RESPONSE_BIT = 0x80;

  // native_protocol_v5.spec, 2.2 flags.
  public static final int COMPRESSED = 0x01;
  public static final int TRACING = 0x02;
  public static final int CUSTOM_PAYLOAD = 0x04;
  public static final int WARNING = 0x08;
  public static final int BETA = 0x10;

  /** The stream id of an event; the only negative one that a server may send. */
  public static final int EVENT_STREAM = -1;

  static final int KNOWN_FLAGS = COMPRESSED | TRACING | CUSTOM_PAYLOAD | WARNING | BETA;

  // ERROR, READY, AUTHENTICATE, SUPPORTED, RESULT, EVENT, AUTH_CHALLENGE, AUTH_SUCCESS.
  private static final int RESPONSE_OPCODES = 0b1_0101_0001_0100_1101;

  private FrameHeader() {}

  /** Tells whether a server may send this opcode. */
  public static boolean isResponseOpcode(int opcode) {
    return opcode <= 0x10 && ((RESPONSE_OPCODES >>> opcode) & 1) != 0;
  }

  /** Tells whether this is a version (without direction bit) whose header has 8 bytes. */
  static boolean isLegacy(int version) {
    return version == 1 || version == 2;
  }

  /** Tells whether this version (without direction bit) may stand in a response header. */
  static boolean isKnownVersion(int version) {
    return (version >= 1 && version <= 6) || version == 0x41 || version == 0x42;
  }
}
