package cqloop.netty.engine;

import cqloop.Consistency;
import cqloop.metadata.Murmur3Token;
import cqloop.metadata.Node;
import cqloop.metadata.Token;
import cqloop.netty.cluster.Murmur3;
import cqloop.netty.cluster.Partitioner;
import cqloop.netty.cluster.ReplicaTable;
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
    return this;
  }

  /** Adds that the request is a conditional write. */
  public void markConditional() {
    conditional = true;
  }

  /** Adds the partition key: these bytes, as the server serializes them. */
  public void byKey(TokenRing ring, byte[] bytes, int offset, int length) {
    int position;
    if (ring.partitioner() == Partitioner.MURMUR3) {
      murmur3 = Murmur3.token(bytes, offset, length);
      hasMurmur3 = true;
      position = ring.positionOf(murmur3);
    } else {
      Token made = ring.partitioner().tokenOf(bytes, offset, length);
      token = made;
      position = ring.positionOf(made);
    }
    ReplicaTable table = engine.shared().cluster().replicas(keyspace);
    replicas = table == null ? List.of() : table.replicas(position);
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

  /** Tells whether the token of the request is known, and one of Murmur3. */
  public boolean hasMurmur3() {
    return hasMurmur3;
  }

  /** Returns the Murmur3 token of the request, when it has one. */
  public long murmur3() {
    return murmur3;
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
