package cqloop.testkit.scylla;

import cqloop.testkit.CassandraNode;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetServerOptions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Says what a {@link ScyllaFront} shall be; not for concurrent use. */
public final class ScyllaFrontBuilder {
  private static final int DEFAULT_SHARDS = 4;

  /** What servers of ScyllaDB are built with. */
  private static final int DEFAULT_IGNORED_BITS = 12;

  private final CassandraNode node;
  private final Map<String, List<Tablet>> tablets = new HashMap<>();
  private String host;
  private int shards = DEFAULT_SHARDS;
  private int ignoredBits = DEFAULT_IGNORED_BITS;
  private ShardPort shardPort = ShardPort.AS_ASKED;
  private boolean lwtMark;
  private boolean metadataIds;
  private Predicate<Arrival> rateLimit = arrival -> false;
  private @Nullable NetServerOptions tls;

  ScyllaFrontBuilder(CassandraNode node) {
    this.node = node;
    this.host = node.announcedHost();
  }

  /**
   * The address to listen on.
   *
   * @param host a loopback address; the one that the node announces unless set
   * @return this
   */
  public ScyllaFrontBuilder at(String host) {
    this.host = host;
    return this;
  }

  /**
   * How many shards the node has.
   *
   * @param shards 4 unless set
   * @return this
   */
  public ScyllaFrontBuilder shards(int shards) {
    this.shards = shards;
    return this;
  }

  /**
   * How many of the most significant bits of a token do not decide its shard.
   *
   * @param ignoredBits 12 unless set
   * @return this
   */
  public ScyllaFrontBuilder msb(int ignoredBits) {
    this.ignoredBits = ignoredBits;
    return this;
  }

  /**
   * What clients meet at the shard-aware port.
   *
   * @param shardPort {@link ShardPort#AS_ASKED} unless set
   * @return this
   */
  public ScyllaFrontBuilder shardPort(ShardPort shardPort) {
    this.shardPort = shardPort;
    return this;
  }

  /**
   * Marks lightweight transactions in the answers to PREPARE, for clients that ask for it.
   *
   * @return this
   */
  public ScyllaFrontBuilder lwtMark() {
    lwtMark = true;
    return this;
  }

  /**
   * Gives the columns of rows an id, as protocol v5 does, for clients that ask for it: they are
   * sent only when they are others than the client knows.
   *
   * @return this
   */
  public ScyllaFrontBuilder metadataIds() {
    metadataIds = true;
    return this;
  }

  /**
   * Refuses executions with the rate limit error.
   *
   * @param refused tells for each; called on the event loop of the front
   * @return this
   */
  public ScyllaFrontBuilder rateLimit(Predicate<Arrival> refused) {
    this.rateLimit = refused;
    return this;
  }

  /**
   * Divides a table into tablets. Executions that come in elsewhere than at a replica are served,
   * and their answers tell where the tablet is.
   *
   * @param keyspace of the table
   * @param table its name
   * @param all its tablets
   * @return this
   */
  public ScyllaFrontBuilder tablets(String keyspace, String table, List<Tablet> all) {
    tablets.put(keyspace + '.' + table, List.copyOf(all));
    return this;
  }

  /**
   * Speaks TLS at all ports; the node itself is reached in plain text.
   *
   * @param options with {@code ssl} and a key
   * @return this
   */
  public ScyllaFrontBuilder tls(NetServerOptions options) {
    this.tls = new NetServerOptions(options);
    return this;
  }

  /**
   * Starts the front.
   *
   * @param vertx gives it an event loop
   * @return the front when it listens
   * @throws IllegalArgumentException when the address is the node's own, or the shards make no
   *     sense
   */
  public Future<ScyllaFront> start(Vertx vertx) {
    if (host.equals(node.host())) {
      throw new IllegalArgumentException(
          "The front cannot listen on "
              + host
              + ", where the node does. Build the cluster with behindFronts(), or set another"
              + " address with at(..).");
    }
    if (shards < 1 || ignoredBits < 0 || ignoredBits > 63) {
      throw new IllegalArgumentException(
          "A node has at least 1 shard and ignores 0 to 63 bits; got "
              + shards
              + " and "
              + ignoredBits
              + ".");
    }
    FrontPlan plan =
        new FrontPlan(
            host,
            new Sharder(shards, ignoredBits),
            shardPort,
            lwtMark,
            metadataIds,
            Map.copyOf(tablets),
            rateLimit,
            tls);
    return ScyllaFront.start(vertx, node, plan);
  }
}
