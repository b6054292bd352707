package cqloop;

import io.vertx.codegen.annotations.VertxGen;

/** Value. How many replicas must answer; the number on the wire is {@link #protocolCode()}. */
@VertxGen
public enum Consistency {
  ANY,
  ONE,
  TWO,
  THREE,
  QUORUM,
  ALL,
  LOCAL_QUORUM,
  EACH_QUORUM,
  SERIAL,
  LOCAL_SERIAL,
  LOCAL_ONE;

  private static final Consistency[] BY_CODE = values();

  /**
   * Returns the consistency with this number.
   *
   * @throws IllegalArgumentException when the protocol defines no such number
   */
  public static Consistency ofProtocolCode(int code) {
    if (code < 0 || code >= BY_CODE.length) {
      throw new IllegalArgumentException("Unknown consistency number " + code);
    }
    return BY_CODE[code];
  }

  /** Returns the number of the native protocol, 0 to 10. */
  public int protocolCode() {
    return ordinal();
  }

  /** Tells whether this is SERIAL or LOCAL_SERIAL. */
  public boolean isSerial() {
    return this == SERIAL || this == LOCAL_SERIAL;
  }

  /** Tells whether only replicas of the local data centre count. */
  public boolean isLocal() {
    return this == LOCAL_QUORUM || this == LOCAL_ONE || this == LOCAL_SERIAL;
  }
}
