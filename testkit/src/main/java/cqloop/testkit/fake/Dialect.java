package cqloop.testkit.fake;

/**
 * Value. What decides how a body is laid out on one connection.
 *
 * @param version the protocol version
 * @param resultMetadataId whether PREPARED and EXECUTE carry the id of the result metadata: by
 *     version, or because the SCYLLA_USE_METADATA_ID extension was switched on
 */
public record Dialect(WireVersion version, boolean resultMetadataId) {
  /** The layout of a version without extensions. */
  public static Dialect of(WireVersion version) {
    return new Dialect(version, version.hasResultMetadataId());
  }
}
