package cqloop.testkit.fake;

import org.jspecify.annotations.Nullable;

/** Value. The message kinds of the protocol; native_protocol_v5.spec §2.4. */
public enum Opcode {
  ERROR(0x00),
  STARTUP(0x01),
  READY(0x02),
  AUTHENTICATE(0x03),
  OPTIONS(0x05),
  SUPPORTED(0x06),
  QUERY(0x07),
  RESULT(0x08),
  PREPARE(0x09),
  EXECUTE(0x0A),
  REGISTER(0x0B),
  EVENT(0x0C),
  BATCH(0x0D),
  AUTH_CHALLENGE(0x0E),
  AUTH_RESPONSE(0x0F),
  AUTH_SUCCESS(0x10),
  /** DSE only: cancel a continuous paging session or ask for more pages. */
  REVISE_REQUEST(0xFF);

  private static final Opcode[] BY_CODE = new Opcode[256];

  static {
    for (Opcode opcode : values()) {
      BY_CODE[opcode.code] = opcode;
    }
  }

  private final int code;

  Opcode(int code) {
    this.code = code;
  }

  /** The byte on the wire. */
  public int code() {
    return code;
  }

  /** The message kind of a byte on the wire, or null when the protocol does not know it. */
  public static @Nullable Opcode of(int code) {
    return code < 0 || code > 0xFF ? null : BY_CODE[code];
  }
}
