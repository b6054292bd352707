package cqloop.netty.it;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import cqloop.CqlOptions;
import cqloop.ProtocolVersion;
import cqloop.testkit.ServerLine;

/** Value. How a session talks: a forced protocol version and a compression. */
enum Wire {
  V3(ProtocolVersion.V3, "none"),
  V4(ProtocolVersion.V4, "none"),
  V5(ProtocolVersion.V5, "none"),
  V3_LZ4(ProtocolVersion.V3, "lz4"),
  V4_LZ4(ProtocolVersion.V4, "lz4"),
  V5_LZ4(ProtocolVersion.V5, "lz4"),
  V3_SNAPPY(ProtocolVersion.V3, "snappy"),
  V4_SNAPPY(ProtocolVersion.V4, "snappy");

  private final ProtocolVersion version;
  private final String compression;

  Wire(ProtocolVersion version, String compression) {
    this.version = version;
    this.compression = compression;
  }

  ProtocolVersion version() {
    return version;
  }

  String compression() {
    return compression;
  }

  boolean isAtLeast(ProtocolVersion other) {
    return version.code() >= other.code();
  }

  /** Skips the test when the line does not speak this version. */
  void assumeSpokenBy(ServerLine line) {
    assumeTrue(
        version.code() <= line.highestProtocol(),
        () -> line + " speaks " + version + " as a beta version only, or not at all");
  }

  CqlOptions applyTo(CqlOptions options) {
    options.getProtocol().setVersion(version).setCompression(compression);
    return options;
  }
}
