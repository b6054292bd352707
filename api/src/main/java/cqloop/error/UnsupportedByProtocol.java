package cqloop.error;

import cqloop.ProtocolVersion;

/**
 * A request uses a feature that the protocol version of the connection lacks. Nothing was sent; on
 * this cluster the request can only work without the feature.
 */
public final class UnsupportedByProtocol extends CqlException {

  private final ProtocolVersion version;

  /**
   * @param feature what was used, as the subject of a sentence: "An unset value"
   * @param version the version of the connection
   * @param remedy what needs to be so instead: "protocol v4 or later, or null instead of unset"
   */
  public UnsupportedByProtocol(String feature, ProtocolVersion version, String remedy) {
    super(
        "%s cannot be sent with protocol version %s of this connection: it needs %s"
            .formatted(feature, version, remedy));
    this.version = version;
  }

  /** Returns the version of the connection. */
  public ProtocolVersion version() {
    return version;
  }
}
