package cqloop.bench.wire;

/**
 * Value. Layout and numbers of frames. Source: native_protocol_v4.spec and native_protocol_v5.spec.
 */
public final class Frames {
  /** Bytes of a frame header: version, flags, stream, opcode, length. */
  public static final int HEADER = 9;

  /** Offset of the stream id in a header. */
  public static final int STREAM_AT = 2;

  /** Offset of the opcode in a header. */
  public static final int OPCODE_AT = 4;

  /** Offset of the body length in a header. */
  public static final int LENGTH_AT = 5;

  /** Header flag: the body is compressed (v4). */
  public static final int COMPRESSED = 0x01;

  public static final int ERROR = 0x00;
  public static final int STARTUP = 0x01;
  public static final int READY = 0x02;
  public static final int OPTIONS = 0x05;
  public static final int SUPPORTED = 0x06;
  public static final int QUERY = 0x07;
  public static final int RESULT = 0x08;
  public static final int PREPARE = 0x09;
  public static final int EXECUTE = 0x0A;
  public static final int REGISTER = 0x0B;

  /** Result kinds. */
  public static final int VOID = 1;

  public static final int ROWS = 2;
  public static final int PREPARED = 4;

  /** Flags of result metadata. */
  public static final int GLOBAL_TABLES_SPEC = 0x01;

  public static final int HAS_MORE_PAGES = 0x02;
  public static final int NO_METADATA = 0x04;

  /** Flags of query parameters. */
  public static final int WITH_VALUES = 0x01;

  public static final int SKIP_METADATA = 0x02;
  public static final int WITH_PAGE_SIZE = 0x04;
  public static final int WITH_PAGING_STATE = 0x08;

  private Frames() {}

  /** A frame around {@code body}; {@code version} carries the direction bit. */
  public static byte[] frame(int version, int flags, int stream, int opcode, byte[] body) {
    return new Bytes().u8(version).u8(flags).u16(stream).u8(opcode).cell(body).toArray();
  }
}
