package cqloop;

import io.vertx.codegen.annotations.VertxGen;

/** Value. A version of the native protocol that this driver speaks, lowest first. */
@VertxGen
public enum ProtocolVersion {
  V3(0x03),
  V4(0x04),
  V5(0x05),
  /** Beta of Cassandra: only with the beta option. */
  V6(0x06),
  DSE_V1(0x41),
  DSE_V2(0x42);

  private final int code;

  ProtocolVersion(int code) {
    this.code = code;
  }

  /** Returns the version byte of a request frame, for example {@code 0x42} for DSE_V2. */
  public int code() {
    return code;
  }

  /** Tells whether this is one of the DataStax Enterprise versions. */
  public boolean isDse() {
    return code >= 0x40;
  }

  /** Tells whether the server offers this version only as a beta. */
  public boolean isBeta() {
    return this == V6;
  }

  /** Tells whether frames travel in checksummed segments after the handshake. */
  public boolean hasSegments() {
    return this == V5 || this == V6;
  }
}
