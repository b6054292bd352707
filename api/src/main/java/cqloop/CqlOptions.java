package cqloop;

import io.vertx.codegen.annotations.DataObject;
import io.vertx.codegen.json.annotations.JsonGen;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.HostAndPort;
import io.vertx.core.tracing.TracingPolicy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** Everything that a session needs to know, each topic in its own options. */
@DataObject
@JsonGen(publicConverter = false)
public class CqlOptions {

  /** Name of the default profile: {@value}. */
  public static final String DEFAULT_PROFILE = "default";

  /** Default of {@code port}. */
  public static final int DEFAULT_PORT = 9042;

  /** Default of {@code metricsName}: empty. */
  public static final String DEFAULT_METRICS_NAME = "";

  /** Default of {@code tracingPolicy}: PROPAGATE. */
  public static final TracingPolicy DEFAULT_TRACING_POLICY = TracingPolicy.PROPAGATE;

  static final OptionKeys KEYS =
      OptionKeys.of(CqlOptions.class)
          .textLists("contactPoints")
          .ints("port")
          .texts("keyspace", "localDatacenter", "sharedName", "metricsName")
          .texts("cloudBundle", "cloudBundleContent")
          .objects("auth", "defaultProfile", "tls")
          .objects("connection", "pool", "protocol", "metadata", "request")
          .objectMaps("profiles")
          .constants(TracingPolicy.class, "tracingPolicy");

  private List<String> contactPoints = new ArrayList<>();
  private int port = DEFAULT_PORT;
  private @Nullable String keyspace;
  private @Nullable String localDatacenter;
  private @Nullable PolicyOptions auth;
  private ProfileOptions defaultProfile = new ProfileOptions();
  private Map<String, ProfileOptions> profiles = new LinkedHashMap<>();
  private ConnectionOptions connection = new ConnectionOptions();
  private PoolOptions pool = new PoolOptions();
  private ProtocolOptions protocol = new ProtocolOptions();
  private MetadataOptions metadata = new MetadataOptions();
  private @Nullable TlsOptions tls;
  private @Nullable String sharedName;
  private String metricsName = DEFAULT_METRICS_NAME;
  private TracingPolicy tracingPolicy = DEFAULT_TRACING_POLICY;
  private RequestOptions request = new RequestOptions();
  private @Nullable String cloudBundle;
  private @Nullable Buffer cloudBundleContent;

  /** Options with their defaults. */
  public CqlOptions() {}

  /** A copy. */
  public CqlOptions(CqlOptions other) {
    this.contactPoints = new ArrayList<>(other.contactPoints);
    this.port = other.port;
    this.keyspace = other.keyspace;
    this.localDatacenter = other.localDatacenter;
    this.auth = other.auth == null ? null : new PolicyOptions(other.auth);
    this.defaultProfile = new ProfileOptions(other.defaultProfile);
    this.profiles = Inheritance.copyOf(other.profiles);
    this.connection = new ConnectionOptions(other.connection);
    this.pool = new PoolOptions(other.pool);
    this.protocol = new ProtocolOptions(other.protocol);
    this.metadata = new MetadataOptions(other.metadata);
    this.tls = other.tls == null ? null : new TlsOptions(other.tls);
    this.sharedName = other.sharedName;
    this.metricsName = other.metricsName;
    this.tracingPolicy = other.tracingPolicy;
    this.request = new RequestOptions(other.request);
    this.cloudBundle = other.cloudBundle;
    this.cloudBundleContent = other.cloudBundleContent;
  }

  /**
   * Options from JSON.
   *
   * @throws cqloop.error.InvalidOptions when a key is not known or its value is wrong
   */
  public CqlOptions(JsonObject json) {
    KEYS.read(json, checked -> CqlOptionsConverter.fromJson(checked, this));
  }

  /** Options from properties such as {@code cqloop.port}; refuses what JSON would refuse. */
  public static CqlOptions fromProperties(Properties properties, String prefix) {
    return new CqlOptions(FlatOptions.ofProperties(properties, prefix));
  }

  /** Options from variables such as {@code CQLOOP_CONNECTION__TCP__NO_DELAY}; likewise. */
  public static CqlOptions fromEnvironment(Map<String, String> variables, String prefix) {
    return new CqlOptions(FlatOptions.ofEnvironment(variables, prefix));
  }

  /** Returns these options as JSON, secrets of the policies included. */
  public JsonObject toJson() {
    JsonObject json = new JsonObject();
    CqlOptionsConverter.toJson(this, json);
    return json;
  }

  /** Returns the contact points as they were given. */
  public List<String> getContactPoints() {
    return Collections.unmodifiableList(contactPoints);
  }

  /**
   * Sets where to look for the cluster: some of its nodes, as {@code host}, {@code host:port} or
   * {@code [ipv6]:port}; the other nodes are found by asking these. In JSON a list, or one text
   * with commas. No default: there must be one; per session.
   *
   * @throws IllegalArgumentException when one cannot be read
   */
  public CqlOptions setContactPoints(List<String> contactPoints) {
    this.contactPoints = new ArrayList<>();
    contactPoints.forEach(this::addContactPoint);
    return this;
  }

  /**
   * Adds a contact point, or several with commas between them.
   *
   * @throws IllegalArgumentException when one cannot be read
   */
  public CqlOptions addContactPoint(String contactPoint) {
    for (String one : OptionKeys.splitCommas(contactPoint)) {
      ContactPoints.parse(one, DEFAULT_PORT);
      contactPoints.add(one);
    }
    return this;
  }

  /** Returns the port of contact points that name none. */
  public int getPort() {
    return port;
  }

  /**
   * Sets the port of contact points that name none. Default 9042; range 1 to 65535; per session.
   *
   * @throws IllegalArgumentException when it is out of range
   */
  public CqlOptions setPort(int port) {
    this.port = OptionRange.within("port", port, 1, 65_535);
    return this;
  }

  /** Returns the keyspace of unqualified names, or null. */
  public @Nullable String getKeyspace() {
    return keyspace;
  }

  /** Sets the keyspace of unqualified names, unquoted, in its case. Default null; per session. */
  public CqlOptions setKeyspace(@Nullable String keyspace) {
    this.keyspace = keyspace;
    return this;
  }

  /** Returns the data centre whose nodes are used first, or null. */
  public @Nullable String getLocalDatacenter() {
    return localDatacenter;
  }

  /**
   * Sets the data centre whose nodes are used first. Default null: that of the contact point which
   * answers first, with a warning where there are several; per session.
   */
  public CqlOptions setLocalDatacenter(@Nullable String localDatacenter) {
    this.localDatacenter = localDatacenter;
    return this;
  }

  /** Returns how to prove who we are, or null. */
  public @Nullable PolicyOptions getAuth() {
    return auth;
  }

  /**
   * Sets how to prove who we are, for example {@code plain} with {@code username} and {@code
   * password}. Default null: a node that asks is refused; per session.
   */
  public CqlOptions setAuth(@Nullable PolicyOptions auth) {
    this.auth = auth;
    return this;
  }

  /** Returns the profile of requests that name none, and from which all others inherit. */
  public ProfileOptions getDefaultProfile() {
    return defaultProfile;
  }

  /**
   * Sets the profile of requests that name none, and from which all others inherit. Default: the
   * defaults named in {@link ProfileOptions}; per session.
   */
  public CqlOptions setDefaultProfile(ProfileOptions defaultProfile) {
    this.defaultProfile = defaultProfile;
    return this;
  }

  /** Returns the profiles that statements and sessions may name. */
  public Map<String, ProfileOptions> getProfiles() {
    return Collections.unmodifiableMap(profiles);
  }

  /**
   * Sets the profiles that statements and sessions may name. Default none; per session.
   *
   * @throws IllegalArgumentException when one is named {@value #DEFAULT_PROFILE} or has no name
   */
  public CqlOptions setProfiles(Map<String, ProfileOptions> profiles) {
    this.profiles = new LinkedHashMap<>();
    profiles.forEach(this::addProfile);
    return this;
  }

  /**
   * Adds a profile.
   *
   * @throws IllegalArgumentException when it is named {@value #DEFAULT_PROFILE} or has no name
   */
  public CqlOptions addProfile(String name, ProfileOptions profile) {
    if (OptionRange.notEmpty("name of a profile", name).equals(DEFAULT_PROFILE)) {
      throw new IllegalArgumentException("The profile 'default' is set as defaultProfile");
    }
    profiles.put(name, profile);
    return this;
  }

  /** Returns how nodes are reached. */
  public ConnectionOptions getConnection() {
    return connection;
  }

  /** Sets how nodes are reached; per session. */
  public CqlOptions setConnection(ConnectionOptions connection) {
    this.connection = connection;
    return this;
  }

  /** Returns how many connections there are and how many requests they take. */
  public PoolOptions getPool() {
    return pool;
  }

  /** Sets how many connections there are and how many requests they take; per session. */
  public CqlOptions setPool(PoolOptions pool) {
    this.pool = pool;
    return this;
  }

  /** Returns what is agreed with a node when a connection starts. */
  public ProtocolOptions getProtocol() {
    return protocol;
  }

  /** Sets what is agreed with a node when a connection starts; per session. */
  public CqlOptions setProtocol(ProtocolOptions protocol) {
    this.protocol = protocol;
    return this;
  }

  /** Returns what the session knows of the schema. */
  public MetadataOptions getMetadata() {
    return metadata;
  }

  /** Sets what the session knows of the schema; per session. */
  public CqlOptions setMetadata(MetadataOptions metadata) {
    this.metadata = metadata;
    return this;
  }

  /** Returns how connections are secured, or null for plain text. */
  public @Nullable TlsOptions getTls() {
    return tls;
  }

  /**
   * Sets how connections are secured: all of the session, always. Default null: plain text; per
   * session.
   */
  public CqlOptions setTls(@Nullable TlsOptions tls) {
    this.tls = tls;
    return this;
  }

  /** Returns where the secure connection bundle is, or null. */
  public @Nullable String getCloudBundle() {
    return cloudBundle;
  }

  /**
   * Sets the secure connection bundle of a database in the cloud: a path, {@code file:} or {@code
   * https:} URL. It excludes contact points, TLS and translator. Default null; per session.
   */
  public CqlOptions setCloudBundle(@Nullable String cloudBundle) {
    this.cloudBundle = cloudBundle;
    return this;
  }

  /** Returns the bytes of the secure connection bundle, or null. */
  public @Nullable Buffer getCloudBundleContent() {
    return cloudBundleContent;
  }

  /** Sets the bytes of the bundle instead of where it is. Default null; per session. */
  public CqlOptions setCloudBundleContent(@Nullable Buffer cloudBundleContent) {
    this.cloudBundleContent = cloudBundleContent;
    return this;
  }

  /** Returns the name under which the session is shared, or null. */
  public @Nullable String getSharedName() {
    return sharedName;
  }

  /**
   * Sets the name under which the session is shared within one Vert.x instance: all who connect
   * with it get the same session, and the last one to close closes it. Default null: not shared;
   * per session.
   */
  public CqlOptions setSharedName(@Nullable String sharedName) {
    this.sharedName = sharedName;
    return this;
  }

  /** Returns the name of the session in the metrics of Vert.x. */
  public String getMetricsName() {
    return metricsName;
  }

  /** Sets the name of the session in the metrics of Vert.x. Default empty; per session. */
  public CqlOptions setMetricsName(String metricsName) {
    this.metricsName = metricsName;
    return this;
  }

  /** Returns when requests are part of a Vert.x trace. */
  public TracingPolicy getTracingPolicy() {
    return tracingPolicy;
  }

  /** Sets when requests are part of a trace. Default PROPAGATE: when there is one; per session. */
  public CqlOptions setTracingPolicy(TracingPolicy tracingPolicy) {
    this.tracingPolicy = tracingPolicy;
    return this;
  }

  /**
   * Returns the contact points with their ports, in the order given.
   *
   * @throws IllegalArgumentException when one cannot be read
   */
  public List<HostAndPort> contactAddresses() {
    return ContactPoints.parse(contactPoints, port);
  }

  /** Returns a profile with what it inherits; throws {@link cqloop.error.ProfileNotFound}. */
  public ProfileOptions effectiveProfile(String name) {
    return Inheritance.effective(this, name);
  }

  /** Throws {@link cqloop.error.InvalidOptions} when options do not fit each other. */
  public void validate() {
    OptionChecks.check(this);
  }

  /** Returns how the server's own request of a request is read. */
  public RequestOptions getRequest() {
    return request;
  }

  /** Sets how the server's own request of a request is read; per session. */
  public CqlOptions setRequest(RequestOptions request) {
    this.request = request;
    return this;
  }

  /** Returns these options as text; values that look like secrets are hidden. */
  @Override
  public String toString() {
    return OptionText.of(this, toJson());
  }
}
