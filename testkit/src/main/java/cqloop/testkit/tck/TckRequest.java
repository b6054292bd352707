package cqloop.testkit.tck;

import cqloop.Consistency;
import cqloop.metadata.Murmur3Token;
import cqloop.metadata.Node;
import cqloop.metadata.Token;
import cqloop.spi.RoutingInfo;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Owned by one test. What a policy is told of a request. Like that of the driver it is used again
 * for the next request, so a policy that keeps it is found out: after {@link #end} it knows
 * nothing.
 */
public final class TckRequest implements RoutingInfo {

  private final Map<Node, Integer> inFlight = new HashMap<>();
  private @Nullable String keyspace;
  private @Nullable Token token;
  private List<Node> replicas = List.of();
  private Consistency consistency = Consistency.LOCAL_ONE;
  private boolean conditional;
  private boolean ended;

  /** Returns a request at LOCAL_ONE of which neither keyspace nor partition key are known. */
  public static TckRequest unrouted() {
    return new TckRequest();
  }

  /**
   * Returns a request at LOCAL_ONE for a partition with these replicas, in the order of the ring.
   */
  public static TckRequest to(List<Node> replicas) {
    TckRequest request = new TckRequest();
    request.keyspace = "ks";
    request.token = new Murmur3Token(0);
    request.replicas = List.copyOf(replicas);
    return request;
  }

  /** Sets the consistency. */
  public TckRequest at(Consistency value) {
    consistency = value;
    return this;
  }

  /** Makes it a conditional write. */
  public TckRequest conditional() {
    conditional = true;
    return this;
  }

  /** Sets how many requests are in flight to a node; it stays so for any request. */
  public TckRequest busy(Node node, int requests) {
    inFlight.put(node, requests);
    return this;
  }

  /** Ends the call of the policy: what belongs to the request may no longer be asked. */
  public TckRequest end() {
    ended = true;
    return this;
  }

  /** Begins the call of the policy again. */
  public TckRequest begin() {
    ended = false;
    return this;
  }

  @Override
  public @Nullable String keyspace() {
    checkValid();
    return keyspace;
  }

  @Override
  public @Nullable Token token() {
    checkValid();
    return token;
  }

  @Override
  public List<Node> replicas() {
    checkValid();
    return replicas;
  }

  @Override
  public Consistency consistency() {
    checkValid();
    return consistency;
  }

  @Override
  public boolean isConditional() {
    checkValid();
    return conditional;
  }

  @Override
  public int inFlight(Node node) {
    return inFlight.getOrDefault(node, 0);
  }

  private void checkValid() {
    if (ended) {
      throw new IllegalStateException(
          "The policy asks for the request after plan() has returned; it is valid until then");
    }
  }
}
