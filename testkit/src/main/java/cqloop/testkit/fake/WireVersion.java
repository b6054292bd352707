package cqloop.testkit.fake;

import org.jspecify.annotations.Nullable;

/** Value. The protocol versions that this server speaks, and what differs between them. */
public enum WireVersion {
  V3(0x03, "v3"),
  V4(0x04, "v4"),
  V5(0x05, "v5"),
  DSE_V1(0x41, "dse-v1"),
  DSE_V2(0x42, "dse-v2");

  private final int code;
  private final String label;

  WireVersion(int code, String label) {
    this.code = code;
    this.label = label;
  }

  /** The version byte of a request; a response adds the bit 0x80. */
  public int code() {
    return code;
  }

  /** How servers name the version in PROTOCOL_VERSIONS and in refusals, such as {@code 5/v5}. */
  public String label() {
    return code + "/" + label;
  }

  /** The version of a version byte, request or response, or null when it is none of ours. */
  public static @Nullable WireVersion of(int versionByte) {
    int code = versionByte & 0x7F;
    for (WireVersion version : values()) {
      if (version.code == code) {
        return version;
      }
    }
    return null;
  }

  /** Whether frames travel inside checksummed segments after the handshake. */
  public boolean usesSegments() {
    return this == V5;
  }

  /** Whether the flags of query parameters and batches take four bytes instead of one. */
  public boolean wideQueryFlags() {
    return this == V5 || isDse();
  }

  /** Whether PREPARED and EXECUTE carry the id of the result metadata. */
  public boolean hasResultMetadataId() {
    return this == V5 || this == DSE_V2;
  }

  /** Whether PREPARE carries flags, and requests may carry a keyspace. */
  public boolean hasRequestKeyspace() {
    return this == V5 || this == DSE_V2;
  }

  /** Whether failures are listed as a map of address to reason instead of counted. */
  public boolean hasFailureReasons() {
    return this == V5 || isDse();
  }

  /** Whether PREPARED lists the positions of the partition key, and values may be unset. */
  public boolean atLeastV4() {
    return this != V3;
  }

  /** Whether this is a version of DataStax Enterprise. */
  public boolean isDse() {
    return this == DSE_V1 || this == DSE_V2;
  }
}
