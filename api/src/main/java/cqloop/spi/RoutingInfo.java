package cqloop.spi;

import cqloop.Consistency;
import cqloop.metadata.Node;
import cqloop.metadata.Token;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Loop-owned. What a load balancing policy may know of a request. It is valid during the call only,
 * but for {@link #inFlight}, which belongs to no request and which a plan may ask later.
 */
public interface RoutingInfo {

  /** Returns the keyspace of the request without quotes, or null. */
  @Nullable String keyspace();

  /** Returns the token of the partition key, or null when the request has none that is known. */
  @Nullable Token token();

  /**
   * Returns the replicas of the partition in the order of the ring, or of the tablet of ScyllaDB
   * that it belongs to; empty when they are not known. The list is shared and cannot be changed.
   */
  List<Node> replicas();

  /** Returns the consistency of the request. */
  Consistency consistency();

  /** Tells whether the request is known to be a conditional write or a serial read. */
  boolean isConditional();

  /** Returns how many requests of this event loop are in flight to a node. */
  int inFlight(Node node);
}
