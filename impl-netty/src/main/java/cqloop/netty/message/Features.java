package cqloop.netty.message;

import cqloop.ProtocolVersion;
import cqloop.error.UnsupportedByProtocol;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Value. What one connection speaks: the protocol version and the extensions of ScyllaDB that its
 * server offers. Decides the layout of messages.
 */
public final class Features {

  // ScyllaDB, docs/dev/protocol-extensions.md.
  static final String LWT_MARK = "SCYLLA_LWT_ADD_METADATA_MARK";
  static final String LWT_MASK = "LWT_OPTIMIZATION_META_BIT_MASK=";
  static final String RATE_LIMIT = "SCYLLA_RATE_LIMIT_ERROR";
  static final String RATE_LIMIT_CODE = "ERROR_CODE=";
  static final String METADATA_ID = "SCYLLA_USE_METADATA_ID";
  static final String TABLETS = "TABLETS_ROUTING_V1";

  private final ProtocolVersion version;
  private final boolean wide;
  private final boolean keyspacePerRequest;
  private final boolean nowInSeconds;
  private final boolean afterV3;
  private final boolean metadataId;
  private final boolean tablets;
  private final int lwtMask;
  private final @Nullable Integer rateLimitCode;
  private final @Nullable ShardInfo shardInfo;
  private final Map<String, String> startupOptions;

  private Features(ProtocolVersion version, Map<String, List<String>> supported) {
    Map<String, String> echoed = new LinkedHashMap<>();
    this.version = version;
    this.wide = version.hasSegments() || version.isDse();
    this.nowInSeconds = version.hasSegments();
    this.keyspacePerRequest = version.hasSegments() || version == ProtocolVersion.DSE_V2;
    this.afterV3 = version != ProtocolVersion.V3;
    Long mask = number(supported.get(LWT_MARK), LWT_MASK, 0xFFFF_FFFFL);
    this.lwtMask = mask == null ? 0 : mask.intValue();
    if (lwtMask != 0) {
      echoed.put(LWT_MARK, LWT_MASK + mask);
    }
    Long code = number(supported.get(RATE_LIMIT), RATE_LIMIT_CODE, Integer.MAX_VALUE);
    this.rateLimitCode = code == null ? null : code.intValue();
    if (code != null) {
      echoed.put(RATE_LIMIT, "");
    }
    this.shardInfo = ShardInfo.of(supported);
    boolean offered = supported.containsKey(METADATA_ID);
    this.metadataId = keyspacePerRequest || offered;
    if (offered && !keyspacePerRequest) {
      echoed.put(METADATA_ID, "");
    }
    // Tablets are told in custom payloads, which came with v4.
    this.tablets = afterV3 && supported.containsKey(TABLETS);
    if (tablets) {
      echoed.put(TABLETS, "");
    }
    this.startupOptions = Map.copyOf(echoed);
  }

  /** Returns the features of a version without extensions. */
  public static Features of(ProtocolVersion version) {
    return new Features(version, Map.of());
  }

  /**
   * Returns the features of a connection whose server answered OPTIONS with these options. An
   * extension whose value makes no sense is left out. The connection must send {@link
   * #startupOptions} in STARTUP.
   */
  public static Features of(ProtocolVersion version, Map<String, List<String>> supported) {
    return new Features(version, supported);
  }

  public ProtocolVersion version() {
    return version;
  }

  /** Returns the options of STARTUP that switch the extensions on. */
  public Map<String, String> startupOptions() {
    return startupOptions;
  }

  /** Tells whether the flags of QUERY, EXECUTE and BATCH have 32 bits instead of 8. */
  public boolean wideFlags() {
    return wide;
  }

  /** Tells whether QUERY, PREPARE and BATCH can name a keyspace. */
  public boolean keyspacePerRequest() {
    return keyspacePerRequest;
  }

  /** Tells whether a request can set the server's clock for time to live. */
  public boolean nowInSeconds() {
    return nowInSeconds;
  }

  /** Tells whether a value can be unset. */
  public boolean unsetValues() {
    return afterV3;
  }

  /** Tells whether requests and responses can carry a custom payload, responses also warnings. */
  public boolean customPayload() {
    return afterV3;
  }

  /** Tells whether PREPARED names the variables of the partition key. */
  public boolean partitionKeyIndices() {
    return afterV3;
  }

  /** Tells whether PREPARED, EXECUTE and changed rows carry the id of the result metadata. */
  public boolean resultMetadataId() {
    return metadataId;
  }

  /** Tells whether read and write failures carry a reason per node instead of a number. */
  public boolean failureReasons() {
    return wide;
  }

  /** Returns what the server tells of its shards, or null when it has none. */
  public @Nullable ShardInfo shardInfo() {
    return shardInfo;
  }

  /** Tells whether answers to requests that came in at the wrong place bring the right tablet. */
  public boolean tablets() {
    return tablets;
  }

  /** Returns the bits of PREPARED's flags that mark a conditional statement, or 0 for none. */
  public int lwtMask() {
    return lwtMask;
  }

  /** Tells whether this is the code of the rate limit error of the server. */
  public boolean isRateLimit(int errorCode) {
    return rateLimitCode != null && rateLimitCode == errorCode;
  }

  /** Throws unless the connection has what the request uses. */
  void require(boolean supported, String feature, String remedy) {
    if (!supported) {
      throw new UnsupportedByProtocol(feature, version, remedy);
    }
  }

  private static @Nullable Long number(@Nullable List<String> values, String prefix, long max) {
    if (values == null) {
      return null;
    }
    for (String value : values) {
      if (value.startsWith(prefix)) {
        return parse(value.substring(prefix.length()), max);
      }
    }
    return null;
  }

  private static @Nullable Long parse(String digits, long max) {
    try {
      long number = Long.parseLong(digits);
      return number >= 0 && number <= max ? number : null;
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
