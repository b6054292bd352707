package cqloop.netty.engine;

import cqloop.Consistency;
import cqloop.metadata.Murmur3Token;
import cqloop.metadata.Node;
import cqloop.metadata.Sharding;
import cqloop.metadata.Token;
import cqloop.netty.cluster.ClusterState;
import cqloop.netty.cluster.Murmur3;
import cqloop.netty.cluster.Partitioner;
import cqloop.netty.cluster.ReplicaTable;
import cqloop.netty.cluster.Tablet;
import cqloop.netty.cluster.TokenRing;
import cqloop.spi.RoutingInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Loop-owned. What a load balancing policy is told of the request at hand. One object serves every
 * request of a loop: it is valid while the policy is asked.
 */
public final class Routing implements RoutingInfo {

  private final LoopEngine engine;
  private @Nullable String keyspace;
  private Consistency consistency = Consistency.LOCAL_ONE;
  private boolean conditional;
  private List<Node> replicas = List.of();
  private @Nullable Token token;
  private long murmur3;
  private boolean hasMurmur3;

  /** The keyspace has tablets: neither replicas nor shards follow from the token alone. */
  private boolean byTablet;

  private @Nullable Tablet tablet;
  private @Nullable Object owner;

  Routing(LoopEngine engine) {
    this.engine = engine;
  }

  /** Describes a request of which no partition key is known. */
  public Routing to(@Nullable String requestKeyspace, Consistency requestConsistency) {
    keyspace = requestKeyspace == null ? engine.shared().keyspace() : requestKeyspace;
    consistency = requestConsistency;
    conditional = requestConsistency.isSerial();
    replicas = List.of();
    token = null;
    hasMurmur3 = false;
    byTablet = false;
    tablet = null;
    owner = null;
    return this;
  }

  /** Remembers whose request this describes, until the next one is described or it is released. */
  public void keepFor(Object request) {
    owner = request;
  }

  /** Tells whether this still describes that request. */
  public boolean isKeptFor(Object request) {
    return owner == request;
  }

  /** Forgets whose request this describes: nobody will ask again. */
  public void release() {
    owner = null;
  }

  /** Adds that the request is a conditional write. */
  public void markConditional() {
    conditional = true;
  }

  /**
   * Adds the partition key: these bytes, as the server serializes them.
   *
   * @param ring that of the cluster
   */
  public void byKey(ClusterState cluster, TokenRing ring, byte[] bytes, int offset, int length) {
    ReplicaTable onRing = cluster.replicas(keyspace);
    if (ring.partitioner() == Partitioner.MURMUR3) {
      murmur3 = Murmur3.token(bytes, offset, length);
      hasMurmur3 = true;
      byTablet = onRing == null && cluster.tablets().has(keyspace);
      replicas = onRing == null ? List.of() : onRing.replicas(ring.positionOf(murmur3));
    } else {
      Token made = ring.partitioner().tokenOf(bytes, offset, length);
      token = made;
      replicas = onRing == null ? List.of() : onRing.replicas(ring.positionOf(made));
    }
  }

  /** Tells whether the replicas of the key are those of a tablet, if one is known. */
  public boolean isByTablet() {
    return byTablet;
  }

  /** Adds the table of a request whose replicas are those of a tablet. */
  public void ofTable(ClusterState cluster, @Nullable String table) {
    tablet = cluster.tablets().find(keyspace, table, murmur3);
    replicas = tablet == null ? List.of() : tablet.replicas(cluster.topology());
  }

  @Override
  public @Nullable String keyspace() {
    return keyspace;
  }

  @Override
  public @Nullable Token token() {
    if (token == null && hasMurmur3) {
      token = new Murmur3Token(murmur3);
    }
    return token;
  }

  /** Returns the shard of a node that the request belongs to, or -1 when that is not known. */
  public int shard(Node node, Sharding sharding) {
    if (byTablet) {
      int shard = tablet == null ? -1 : tablet.shardOn(node);
      // The node may have come back with fewer shards than it had.
      return shard < sharding.shards() ? shard : -1;
    }
    return hasMurmur3 ? sharding.shardOf(murmur3) : -1;
  }

  @Override
  public List<Node> replicas() {
    return replicas;
  }

  @Override
  public Consistency consistency() {
    return consistency;
  }

  @Override
  public boolean isConditional() {
    return conditional;
  }

  @Override
  public int inFlight(Node node) {
    return engine.loads().of(node.index());
  }
}
