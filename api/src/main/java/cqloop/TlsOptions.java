package cqloop;

import io.vertx.codegen.annotations.DataObject;
import io.vertx.codegen.json.annotations.JsonGen;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How connections are secured. All connections of a session are, or none is. */
@DataObject
@JsonGen(publicConverter = false)
public class TlsOptions {

  /** Default of {@code verification}: chain, and name or address. */
  public static final TlsVerification DEFAULT_VERIFICATION = TlsVerification.PEER_HOST;

  /** Default of {@code minVersion}: TLS 1.2. */
  public static final TlsVersion DEFAULT_MIN_VERSION = TlsVersion.TLS_1_2;

  /** Default of {@code engine}: that of the JDK. */
  public static final TlsEngine DEFAULT_ENGINE = TlsEngine.JDK;

  /** Default of {@code handshakeTimeout}: 10 s. */
  public static final Duration DEFAULT_HANDSHAKE_TIMEOUT = Duration.ofSeconds(10);

  /** Default of {@code renewOver}: old connections stay. */
  public static final Duration DEFAULT_RENEW_OVER = Duration.ZERO;

  static final OptionKeys KEYS =
      OptionKeys.of(TlsOptions.class)
          .objects("key", "trust")
          .constants(TlsVerification.class, "verification")
          .texts("serverName")
          .textMaps("serverNames")
          .constants(TlsVersion.class, "minVersion")
          .textLists("cipherSuites")
          .constants(TlsEngine.class, "engine")
          .durations("handshakeTimeout", "renewOver");

  private TlsKeyOptions key = new TlsKeyOptions();
  private TlsTrustOptions trust = new TlsTrustOptions();
  private TlsVerification verification = DEFAULT_VERIFICATION;
  private @Nullable String serverName;
  private Map<String, String> serverNames = new LinkedHashMap<>();
  private TlsVersion minVersion = DEFAULT_MIN_VERSION;
  private List<String> cipherSuites = new ArrayList<>();
  private TlsEngine engine = DEFAULT_ENGINE;
  private Duration handshakeTimeout = DEFAULT_HANDSHAKE_TIMEOUT;
  private Duration renewOver = DEFAULT_RENEW_OVER;

  /** TLS with the authorities of the JDK, without a certificate of our own. */
  public TlsOptions() {}

  /** A copy. */
  public TlsOptions(TlsOptions other) {
    this.key = new TlsKeyOptions(other.key);
    this.trust = new TlsTrustOptions(other.trust);
    this.verification = other.verification;
    this.serverName = other.serverName;
    this.serverNames = new LinkedHashMap<>(other.serverNames);
    this.minVersion = other.minVersion;
    this.cipherSuites = new ArrayList<>(other.cipherSuites);
    this.engine = other.engine;
    this.handshakeTimeout = other.handshakeTimeout;
    this.renewOver = other.renewOver;
  }

  /**
   * Options from JSON.
   *
   * @throws cqloop.error.InvalidOptions when a key is not known or its value is wrong
   */
  public TlsOptions(JsonObject json) {
    KEYS.read(json, checked -> TlsOptionsConverter.fromJson(checked, this));
  }

  /** Returns these options as JSON, secrets included; options of Vert.x have no place in it. */
  public JsonObject toJson() {
    JsonObject json = new JsonObject();
    TlsOptionsConverter.toJson(this, json);
    return json;
  }

  /** Returns who we are to the nodes. */
  public TlsKeyOptions getKey() {
    return key;
  }

  /** Sets who we are to the nodes. Default: nobody, no certificate is sent; per session. */
  public TlsOptions setKey(TlsKeyOptions key) {
    this.key = key;
    return this;
  }

  /** Returns whom we trust. */
  public TlsTrustOptions getTrust() {
    return trust;
  }

  /** Sets whom we trust. Default: the authorities of the JDK; per session. */
  public TlsOptions setTrust(TlsTrustOptions trust) {
    this.trust = trust;
    return this;
  }

  /** Returns what is checked of the certificate of a node. */
  public TlsVerification getVerification() {
    return verification;
  }

  /**
   * Sets what is checked of the certificate of a node. Default PEER_HOST: it must be trusted and
   * name the node as we know it; per session.
   */
  public TlsOptions setVerification(TlsVerification verification) {
    this.verification = verification;
    return this;
  }

  /** Returns the name that the certificate of every node carries, or null. */
  public @Nullable String getServerName() {
    return serverName;
  }

  /**
   * Sets the name that the certificate of every node carries. It is checked, and told to the node
   * (SNI, RFC 6066), instead of the name in the contact point. Default null; per session.
   */
  public TlsOptions setServerName(@Nullable String serverName) {
    this.serverName = serverName;
    return this;
  }

  /** Returns the names of certain nodes by their addresses. */
  public Map<String, String> getServerNames() {
    return Collections.unmodifiableMap(serverNames);
  }

  /**
   * Sets the names of certain nodes, each by {@code host:port}, {@code host} or IP address, as the
   * node is known or as it is announced; they come before {@code serverName}. Default none; per
   * session.
   */
  public TlsOptions setServerNames(Map<String, String> serverNames) {
    this.serverNames = new LinkedHashMap<>(serverNames);
    return this;
  }

  /** Adds the name of the node at an address. */
  public TlsOptions addServerName(String address, String name) {
    serverNames.put(address, name);
    return this;
  }

  /** Returns the oldest version of TLS that is spoken. */
  public TlsVersion getMinVersion() {
    return minVersion;
  }

  /** Sets the oldest version of TLS that is spoken. Default TLS_1_2; per session. */
  public TlsOptions setMinVersion(TlsVersion minVersion) {
    this.minVersion = minVersion;
    return this;
  }

  /** Returns the cipher suites that are offered; empty stands for those of the engine. */
  public List<String> getCipherSuites() {
    return Collections.unmodifiableList(cipherSuites);
  }

  /**
   * Sets the cipher suites that are offered, by their names in the JDK, best first. In JSON a list,
   * or one text with commas. Default empty: those of the engine; per session.
   */
  public TlsOptions setCipherSuites(List<String> cipherSuites) {
    this.cipherSuites = new ArrayList<>(cipherSuites);
    return this;
  }

  /** Adds a cipher suite. */
  public TlsOptions addCipherSuite(String cipherSuite) {
    cipherSuites.add(cipherSuite);
    return this;
  }

  /** Returns what speaks TLS. */
  public TlsEngine getEngine() {
    return engine;
  }

  /** Sets what speaks TLS. Default JDK; per session. */
  public TlsOptions setEngine(TlsEngine engine) {
    this.engine = engine;
    return this;
  }

  /** Returns how long a handshake may take. */
  public Duration getHandshakeTimeout() {
    return handshakeTimeout;
  }

  /**
   * Sets how long a TLS handshake may take, after the socket is open. Default 10 s; above 0; per
   * session.
   *
   * @throws IllegalArgumentException when it is 0 or negative
   */
  public TlsOptions setHandshakeTimeout(Duration handshakeTimeout) {
    this.handshakeTimeout = OptionRange.positive("handshakeTimeout", handshakeTimeout);
    return this;
  }

  /** Returns over which time connections are renewed after a reload. */
  public Duration getRenewOver() {
    return renewOver;
  }

  /**
   * Sets over which time the connections that were open before a reload are replaced, one after the
   * other, each once its requests have ended; the control connection comes last. Default 0: all
   * stay until they close; per session.
   *
   * @throws IllegalArgumentException when it is negative
   */
  public TlsOptions setRenewOver(Duration renewOver) {
    this.renewOver = OptionRange.notNegative("renewOver", renewOver);
    return this;
  }

  /** Returns these options as text; keys and passwords are hidden. */
  @Override
  public String toString() {
    return OptionText.of(this, toJson());
  }
}
