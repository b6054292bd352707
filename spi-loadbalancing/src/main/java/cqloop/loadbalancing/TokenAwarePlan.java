package cqloop.loadbalancing;

import cqloop.Consistency;
import cqloop.metadata.Node;
import cqloop.metadata.Token;
import cqloop.spi.QueryPlan;
import cqloop.spi.RoutingInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Loop-owned. Gives the replicas, then the nodes of the decorated policy. It keeps what is known of
 * the request, because that policy is asked for its plan only when all replicas have been tried.
 */
final class TokenAwarePlan implements QueryPlan, RoutingInfo {

  /** Replicas that are put in front; with more of them than bits, any node is likely to be one. */
  private static final int MAX_REPLICAS = Long.SIZE;

  private final TokenAwarePolicy policy;
  private final RoutingInfo request;
  private final @Nullable String keyspace;
  private final @Nullable Token token;
  private final List<Node> replicas;
  private final Consistency consistency;
  private final boolean conditional;
  private final int turn;

  private long given;
  private short tier; // Every request makes one of these: as an int it would take 8 bytes more.
  private @Nullable QueryPlan rest;

  TokenAwarePlan(TokenAwarePolicy policy, RoutingInfo request, int turn) {
    this.policy = policy;
    this.request = request;
    this.turn = turn;
    keyspace = request.keyspace();
    token = request.token();
    replicas = request.replicas();
    consistency = request.consistency();
    conditional = request.isConditional();
  }

  @Override
  public @Nullable Node next() {
    while (tier < policy.tierCount()) {
      long candidates = policy.allows(tier, consistency) ? candidates() : 0;
      if (candidates != 0) {
        int position =
            conditional
                ? Long.numberOfTrailingZeros(candidates)
                : policy.choose(candidates, this, turn);
        given |= 1L << position;
        return replicas.get(position);
      }
      tier++;
    }
    if (rest == null) {
      rest = policy.child().plan(this);
    }
    Node node = rest.next();
    while (node != null && wasGiven(node)) {
      node = rest.next();
    }
    return node;
  }

  /** Returns the replicas of the current group that have not been given. */
  private long candidates() {
    long candidates = 0;
    int count = Math.min(MAX_REPLICAS, replicas.size());
    for (int i = 0; i < count; i++) {
      if ((given >>> i & 1) == 0 && policy.tier(replicas.get(i)) == tier) {
        candidates |= 1L << i;
      }
    }
    return candidates;
  }

  private boolean wasGiven(Node node) {
    for (long left = given; left != 0; left &= left - 1) {
      if (replicas.get(Long.numberOfTrailingZeros(left)).equals(node)) {
        return true;
      }
    }
    return false;
  }

  /** Returns the load of the replica at this position. */
  int inFlight(int position) {
    return inFlight(replicas.get(position));
  }

  @Override
  public int inFlight(Node node) {
    return request.inFlight(node);
  }

  @Override
  public @Nullable String keyspace() {
    return keyspace;
  }

  @Override
  public @Nullable Token token() {
    return token;
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
}
