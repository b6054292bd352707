package cqloop.netty.engine;

import cqloop.Consistency;
import cqloop.metadata.Node;
import cqloop.metadata.Token;
import cqloop.netty.pool.NodePool;
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

  Routing(LoopEngine engine) {
    this.engine = engine;
  }

  /** Describes a request of which no partition key is known. */
  public Routing to(@Nullable String requestKeyspace, Consistency requestConsistency) {
    keyspace = requestKeyspace == null ? engine.shared().keyspace() : requestKeyspace;
    consistency = requestConsistency;
    return this;
  }

  @Override
  public @Nullable String keyspace() {
    return keyspace;
  }

  @Override
  public @Nullable Token token() {
    return null;
  }

  @Override
  public List<Node> replicas() {
    return List.of();
  }

  @Override
  public Consistency consistency() {
    return consistency;
  }

  @Override
  public boolean isConditional() {
    return consistency.isSerial();
  }

  @Override
  public int inFlight(Node node) {
    NodePool pool = engine.pool(node);
    return pool == null ? 0 : pool.inFlight();
  }
}
