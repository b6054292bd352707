package cqloop.testkit.fake;

import io.vertx.core.net.NetServerOptions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Not shared until a node is made of it. How a fake node behaves before any rule. */
public final class FakeNodeOptions {
  /** How many requests a node keeps for readers; older ones are forgotten. */
  public static final int DEFAULT_MAX_RECORDED = 100_000;

  private String host = "127.0.0.1";
  private int port;
  private Set<WireVersion> versions = EnumSet.of(WireVersion.V3, WireVersion.V4, WireVersion.V5);
  private Set<WireVersion> betaVersions = EnumSet.noneOf(WireVersion.class);
  private VersionRefusal refusal = VersionRefusal.PROTOCOL_ERROR;
  private Set<Compression> compressions = EnumSet.allOf(Compression.class);
  private final Map<String, List<String>> supported = new LinkedHashMap<>();
  private String clusterName = "fake";
  private String partitioner = "org.apache.cassandra.dht.Murmur3Partitioner";
  private String authenticator = "org.apache.cassandra.auth.PasswordAuthenticator";
  private @Nullable String user;
  private @Nullable String password;
  private UnaryOperator<NodeInfo> info = UnaryOperator.identity();
  private NetServerOptions serverOptions = new NetServerOptions();
  private int maxRecorded = DEFAULT_MAX_RECORDED;
  private int shards;
  private final List<NodeColumn> columns = new ArrayList<>();

  /** Creates the defaults: 127.0.0.1, a free port, v3 to v5, no authentication. */
  public FakeNodeOptions() {}

  FakeNodeOptions(FakeNodeOptions other) {
    host = other.host;
    port = other.port;
    versions = other.versions;
    betaVersions = other.betaVersions;
    refusal = other.refusal;
    compressions = other.compressions;
    supported.putAll(other.supported);
    clusterName = other.clusterName;
    partitioner = other.partitioner;
    authenticator = other.authenticator;
    user = other.user;
    password = other.password;
    info = other.info;
    serverOptions = new NetServerOptions(other.serverOptions);
    maxRecorded = other.maxRecorded;
    shards = other.shards;
    columns.addAll(other.columns);
  }

  /** The loopback address to listen on. */
  public FakeNodeOptions setHost(String host) {
    this.host = host;
    return this;
  }

  /** The port to listen on; 0 takes a free one. */
  public FakeNodeOptions setPort(int port) {
    this.port = port;
    return this;
  }

  /** The protocol versions that are accepted; others are refused. None at all is allowed. */
  public FakeNodeOptions setVersions(WireVersion... versions) {
    this.versions = EnumSet.noneOf(WireVersion.class);
    this.versions.addAll(List.of(versions));
    return this;
  }

  /** The accepted versions that a client must ask for with the beta flag. */
  public FakeNodeOptions setBetaVersions(WireVersion... versions) {
    this.betaVersions = EnumSet.noneOf(WireVersion.class);
    this.betaVersions.addAll(List.of(versions));
    return this;
  }

  /** How other versions are refused. */
  public FakeNodeOptions setRefusal(VersionRefusal refusal) {
    this.refusal = refusal;
    return this;
  }

  /** The compressions that SUPPORTED offers. */
  public FakeNodeOptions setCompressions(Compression... compressions) {
    this.compressions = EnumSet.noneOf(Compression.class);
    this.compressions.addAll(List.of(compressions));
    return this;
  }

  /** Adds or replaces an option of SUPPORTED, such as SCYLLA_NR_SHARDS. */
  public FakeNodeOptions addSupported(String key, String... values) {
    supported.put(key, List.of(values));
    return this;
  }

  /** The name of the cluster. */
  public FakeNodeOptions setClusterName(String clusterName) {
    this.clusterName = clusterName;
    return this;
  }

  /** The class name of the partitioner. */
  public FakeNodeOptions setPartitioner(String partitioner) {
    this.partitioner = partitioner;
    return this;
  }

  /** Asks clients for this user and password, by SASL PLAIN. */
  public FakeNodeOptions setCredentials(String user, String password) {
    this.user = user;
    this.password = password;
    return this;
  }

  /** The class name in AUTHENTICATE. */
  public FakeNodeOptions setAuthenticator(String className) {
    this.authenticator = className;
    return this;
  }

  /** Changes what the node says about itself: host id, data centre, rack, tokens, release. */
  public FakeNodeOptions setInfo(UnaryOperator<NodeInfo> change) {
    this.info = change;
    return this;
  }

  /** The options of the listening socket: TLS, for instance. Host and port are set here. */
  public FakeNodeOptions setServerOptions(NetServerOptions serverOptions) {
    this.serverOptions = new NetServerOptions(serverOptions);
    return this;
  }

  /** How many requests are kept for readers. */
  public FakeNodeOptions setMaxRecorded(int maxRecorded) {
    this.maxRecorded = maxRecorded;
    return this;
  }

  /**
   * Adds a column to {@code system.local} and to the tables of peers, such as {@code dse_version}.
   */
  public FakeNodeOptions addColumn(
      String name, WireType type, Function<NodeInfo, @Nullable Object> value) {
    columns.add(new NodeColumn(name, type, value));
    return this;
  }

  /**
   * Speaks like a ScyllaDB node with so many shards: SUPPORTED tells them, the plain port gives a
   * connection the least loaded shard, a second port the one of the client's port.
   */
  public FakeNodeOptions setShards(int shards) {
    this.shards = shards;
    return this;
  }

  String host() {
    return host;
  }

  int port() {
    return port;
  }

  Set<WireVersion> versions() {
    return versions;
  }

  Set<WireVersion> betaVersions() {
    return betaVersions;
  }

  VersionRefusal refusal() {
    return refusal;
  }

  Set<Compression> compressions() {
    return compressions;
  }

  Map<String, List<String>> supported() {
    return supported;
  }

  String clusterName() {
    return clusterName;
  }

  String partitioner() {
    return partitioner;
  }

  String authenticator() {
    return authenticator;
  }

  @Nullable String user() {
    return user;
  }

  @Nullable String password() {
    return password;
  }

  UnaryOperator<NodeInfo> info() {
    return info;
  }

  NetServerOptions serverOptions() {
    return serverOptions;
  }

  List<NodeColumn> columns() {
    return columns;
  }

  int shards() {
    return shards;
  }

  int maxRecorded() {
    return maxRecorded;
  }
}
