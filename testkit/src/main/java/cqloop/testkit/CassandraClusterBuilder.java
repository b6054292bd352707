package cqloop.testkit;

import cqloop.testkit.process.ClusterPlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Says what a {@link CassandraCluster} shall be; not for concurrent use. */
public final class CassandraClusterBuilder {
  private static final List<NodePlace> ONE_NODE = List.of(new NodePlace("dc1", "r1"));
  private static final Duration DEFAULT_START_TIMEOUT = Duration.ofSeconds(120);

  private ServerLine line = ServerLine.V5_0;
  private final List<NodePlace> places = new ArrayList<>();
  private boolean passwordAuth;
  private @Nullable NodeTls tls;
  private boolean queryRecorder;
  private boolean crashSafe;
  private boolean behindFronts;
  private final Map<String, String> yaml = new LinkedHashMap<>();
  private final List<String> jvmFlags = new ArrayList<>();
  private Duration startTimeout = DEFAULT_START_TIMEOUT;
  private ClusterListener listener = (step, detail) -> {};

  CassandraClusterBuilder() {}

  /**
   * The line of the servers.
   *
   * @param line 5.0 unless set
   * @return this
   */
  public CassandraClusterBuilder line(ServerLine line) {
    this.line = line;
    return this;
  }

  /**
   * Adds nodes.
   *
   * @param datacenter their data centre
   * @param rack their rack
   * @param count how many
   * @return this
   */
  public CassandraClusterBuilder nodes(String datacenter, String rack, int count) {
    for (int i = 0; i < count; i++) {
      places.add(new NodePlace(datacenter, rack));
    }
    return this;
  }

  /**
   * Adds the nodes of a layout such as {@code "dc1:r1,r2,r1;dc2:r1"}.
   *
   * @param layout see {@link NodePlace#parse}
   * @return this
   */
  public CassandraClusterBuilder layout(String layout) {
    places.addAll(NodePlace.parse(layout));
    return this;
  }

  /**
   * Turns log-in and permissions on; the superuser is {@code cassandra} with the same password.
   *
   * @return this
   */
  public CassandraClusterBuilder passwordAuth() {
    passwordAuth = true;
    return this;
  }

  /**
   * Turns TLS on for clients.
   *
   * @param tls key store and trust
   * @return this
   */
  public CassandraClusterBuilder tls(NodeTls tls) {
    this.tls = tls;
    return this;
  }

  /**
   * Records each request that reaches a node, and lets tests inject errors; see {@link
   * CassandraNode}.
   *
   * @return this
   */
  public CassandraClusterBuilder queryRecorder() {
    queryRecorder = true;
    return this;
  }

  /**
   * Sets a key of {@code cassandra.yaml}, as the chosen line names it.
   *
   * @param key a top-level key
   * @param value YAML text; empty for the server's own default
   * @return this
   */
  public CassandraClusterBuilder yaml(String key, String value) {
    yaml.put(key, value);
    return this;
  }

  /**
   * Makes a killed node keep all that it has acknowledged, rows and schema. Else the last tenth of
   * a second is lost, and schema changes since the last orderly stop; in return, schema changes and
   * the start are faster.
   *
   * @return this
   */
  public CassandraClusterBuilder crashSafe() {
    crashSafe = true;
    return this;
  }

  /**
   * Lets each node tell clients another loopback address than its own ({@code
   * broadcast_rpc_address}), where nobody listens until the test starts a front there, such as
   * {@link cqloop.testkit.scylla.ScyllaFront}.
   *
   * @return this
   */
  public CassandraClusterBuilder behindFronts() {
    behindFronts = true;
    return this;
  }

  /**
   * Appends flags to the nodes' command lines.
   *
   * @param flags for example {@code -Dcassandra.ring_delay_ms=2500}
   * @return this
   */
  public CassandraClusterBuilder jvmFlags(String... flags) {
    jvmFlags.addAll(List.of(flags));
    return this;
  }

  /**
   * The longest a node may take to answer requests.
   *
   * @param timeout two minutes unless set
   * @return this
   */
  public CassandraClusterBuilder startTimeout(Duration timeout) {
    this.startTimeout = timeout;
    return this;
  }

  /**
   * Who is told of the progress.
   *
   * @param listener called by the thread that starts the cluster
   * @return this
   */
  public CassandraClusterBuilder listener(ClusterListener listener) {
    this.listener = listener;
    return this;
  }

  /**
   * Starts the cluster.
   *
   * @return the cluster, when each node answers OPTIONS with SUPPORTED and all agree
   * @throws ServerUnavailableException when this machine lacks the server's jars or a JDK 17
   * @throws IllegalStateException when a node fails to start, with the end of its log
   */
  public CassandraCluster start() {
    return CassandraCluster.start(this);
  }

  ServerLine line() {
    return line;
  }

  boolean isBehindFronts() {
    return behindFronts;
  }

  ClusterListener listener() {
    return listener;
  }

  List<NodePlace> places() {
    return places.isEmpty() ? ONE_NODE : places;
  }

  ClusterPlan plan(List<String> addresses) {
    return new ClusterPlan(
        line,
        List.copyOf(addresses),
        passwordAuth,
        tls,
        queryRecorder,
        crashSafe,
        Map.copyOf(yaml),
        List.copyOf(jvmFlags),
        startTimeout);
  }
}
