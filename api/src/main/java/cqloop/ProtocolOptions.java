package cqloop;

import io.vertx.codegen.annotations.DataObject;
import io.vertx.codegen.json.annotations.JsonGen;
import io.vertx.core.json.JsonObject;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What is agreed with a node when a connection starts. */
@DataObject
@JsonGen(publicConverter = false)
public class ProtocolOptions {

  /** Default of {@code allowBeta}. */
  public static final boolean DEFAULT_ALLOW_BETA = false;

  /** Default of {@code compression}. */
  public static final String DEFAULT_COMPRESSION = "none";

  /** Default of {@code maxFrameBytes}: 256 MiB. */
  public static final int DEFAULT_MAX_FRAME_BYTES = 256 * 1024 * 1024;

  /** Default of {@code noCompact}. */
  public static final boolean DEFAULT_NO_COMPACT = false;

  /** Default of {@code throwOnOverload}. */
  public static final boolean DEFAULT_THROW_ON_OVERLOAD = false;

  static final OptionKeys KEYS =
      OptionKeys.of(ProtocolOptions.class)
          .constants(ProtocolVersion.class, "version")
          .texts("compression", "applicationName", "applicationVersion", "clientId")
          .ints("maxFrameBytes")
          .booleans("allowBeta", "noCompact", "throwOnOverload")
          .textMaps("extraStartupOptions");

  private @Nullable ProtocolVersion version;
  private boolean allowBeta = DEFAULT_ALLOW_BETA;
  private String compression = DEFAULT_COMPRESSION;
  private int maxFrameBytes = DEFAULT_MAX_FRAME_BYTES;
  private boolean noCompact = DEFAULT_NO_COMPACT;
  private boolean throwOnOverload = DEFAULT_THROW_ON_OVERLOAD;
  private @Nullable String applicationName;
  private @Nullable String applicationVersion;
  private @Nullable String clientId;
  private Map<String, String> extraStartupOptions = new LinkedHashMap<>();

  /** Options with their defaults. */
  public ProtocolOptions() {}

  /** A copy. */
  public ProtocolOptions(ProtocolOptions other) {
    this.version = other.version;
    this.allowBeta = other.allowBeta;
    this.compression = other.compression;
    this.maxFrameBytes = other.maxFrameBytes;
    this.noCompact = other.noCompact;
    this.throwOnOverload = other.throwOnOverload;
    this.applicationName = other.applicationName;
    this.applicationVersion = other.applicationVersion;
    this.clientId = other.clientId;
    this.extraStartupOptions = new LinkedHashMap<>(other.extraStartupOptions);
  }

  /**
   * Options from JSON.
   *
   * @throws cqloop.error.InvalidOptions when a key is not known or its value is wrong
   */
  public ProtocolOptions(JsonObject json) {
    KEYS.read(json, checked -> ProtocolOptionsConverter.fromJson(checked, this));
  }

  /** Returns these options as JSON. */
  public JsonObject toJson() {
    JsonObject json = new JsonObject();
    ProtocolOptionsConverter.toJson(this, json);
    return json;
  }

  /** Returns the only protocol version to speak, or null to find the highest that works. */
  public @Nullable ProtocolVersion getVersion() {
    return version;
  }

  /**
   * Sets the only protocol version to speak; a node that refuses it is not used. Default null:
   * start with the highest and go down until the cluster agrees; per session.
   */
  public ProtocolOptions setVersion(@Nullable ProtocolVersion version) {
    this.version = version;
    return this;
  }

  /** Tells whether versions may be used that the server calls beta. */
  public boolean isAllowBeta() {
    return allowBeta;
  }

  /**
   * Sets whether protocol versions may be used that the server calls beta. Default false; per
   * session.
   */
  public ProtocolOptions setAllowBeta(boolean allowBeta) {
    this.allowBeta = allowBeta;
    return this;
  }

  /** Returns the name of the compression of frames. */
  public String getCompression() {
    return compression;
  }

  /**
   * Sets the compression of frames: {@code none}, {@code lz4}, {@code snappy} (up to protocol v4),
   * or what a plug-in adds. Both need a library at run time. Default {@code none}; per session.
   *
   * @throws IllegalArgumentException when it is empty
   */
  public ProtocolOptions setCompression(String compression) {
    this.compression = OptionRange.notEmpty("compression", compression);
    return this;
  }

  /** Returns the longest frame to send or to accept, in bytes. */
  public int getMaxFrameBytes() {
    return maxFrameBytes;
  }

  /**
   * Sets the longest frame to send or to accept, in bytes; a longer one fails with {@link
   * cqloop.error.FrameTooLarge}. Servers have a limit of their own, Cassandra 16 MiB. Default 256
   * MiB; range 1 KiB to 1 GiB; per session.
   *
   * @throws IllegalArgumentException when it is out of range
   */
  public ProtocolOptions setMaxFrameBytes(int maxFrameBytes) {
    this.maxFrameBytes = OptionRange.within("maxFrameBytes", maxFrameBytes, 1024, 1 << 30);
    return this;
  }

  /** Tells whether compact tables are shown as their internal form. */
  public boolean isNoCompact() {
    return noCompact;
  }

  /**
   * Sets NO_COMPACT: tables with compact storage show their internal form, for the upgrade away
   * from it; Cassandra 3.x only. Default false; per session.
   */
  public ProtocolOptions setNoCompact(boolean noCompact) {
    this.noCompact = noCompact;
    return this;
  }

  /** Tells whether an overloaded server answers so, instead of reading no more. */
  public boolean isThrowOnOverload() {
    return throwOnOverload;
  }

  /**
   * Sets THROW_ON_OVERLOAD: an overloaded server answers {@link cqloop.error.Overloaded}, instead
   * of reading no more from the connection; protocol v5. Default false; per session.
   */
  public ProtocolOptions setThrowOnOverload(boolean throwOnOverload) {
    this.throwOnOverload = throwOnOverload;
    return this;
  }

  /** Returns the name that the server shows for this application, or null. */
  public @Nullable String getApplicationName() {
    return applicationName;
  }

  /**
   * Sets the name that the server shows for this application. Default null: none is sent; per
   * session.
   */
  public ProtocolOptions setApplicationName(@Nullable String applicationName) {
    this.applicationName = applicationName;
    return this;
  }

  /** Returns the version that the server shows for this application, or null. */
  public @Nullable String getApplicationVersion() {
    return applicationVersion;
  }

  /**
   * Sets the version that the server shows for this application. Default null: none is sent; per
   * session.
   */
  public ProtocolOptions setApplicationVersion(@Nullable String applicationVersion) {
    this.applicationVersion = applicationVersion;
    return this;
  }

  /** Returns the id that the server shows for this session, or null. */
  public @Nullable String getClientId() {
    return clientId;
  }

  /**
   * Sets the id that the server shows for this session, a UUID. Default null: each session makes a
   * random one; per session.
   *
   * @throws IllegalArgumentException when it is no UUID
   */
  public ProtocolOptions setClientId(@Nullable String clientId) {
    this.clientId = clientId == null ? null : UUID.fromString(clientId).toString();
    return this;
  }

  /** Returns what is sent in STARTUP besides what the driver sends. */
  public Map<String, String> getExtraStartupOptions() {
    return Collections.unmodifiableMap(extraStartupOptions);
  }

  /** Sets what is sent in STARTUP besides what the driver sends. Default empty; per session. */
  public ProtocolOptions setExtraStartupOptions(Map<String, String> extraStartupOptions) {
    this.extraStartupOptions = new LinkedHashMap<>(extraStartupOptions);
    return this;
  }

  /** Adds one option to what is sent in STARTUP. */
  public ProtocolOptions addExtraStartupOption(String key, String value) {
    extraStartupOptions.put(key, value);
    return this;
  }

  /** Returns these options as text; values that look like secrets are hidden. */
  @Override
  public String toString() {
    return OptionText.of(this, toJson());
  }
}
