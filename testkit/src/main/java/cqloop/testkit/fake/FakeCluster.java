package cqloop.testkit.fake;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.math.BigInteger;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Owned by one test thread; only {@link #nodes} may be called from others. Fake nodes on loopback
 * addresses with one port, which describe each other as peers.
 */
public final class FakeCluster {
  private static final int PORT_ATTEMPTS = 20;
  private static final BigInteger RING = BigInteger.ONE.shiftLeft(64);

  private final Vertx vertx;
  private final FakeClusterOptions options;

  /** Published: replaced whole. The members, down ones included. */
  private volatile List<FakeNode> nodes = List.of();

  private int addressesUsed;

  private FakeCluster(Vertx vertx, FakeClusterOptions options) {
    this.vertx = vertx;
    this.options = options;
  }

  /** Starts all nodes; fails when no port is free on all their addresses. */
  public static Future<FakeCluster> start(Vertx vertx, FakeClusterOptions options) {
    if (options.places().isEmpty()) {
      throw new IllegalArgumentException("a cluster needs a node: add a data centre");
    }
    return new FakeCluster(vertx, options).startAll(PORT_ATTEMPTS);
  }

  /** The nodes in the order of their addresses, down ones included. */
  public List<FakeNode> nodes() {
    return nodes;
  }

  /** One node, counted from 0. */
  public FakeNode node(int index) {
    return nodes.get(index);
  }

  /** The addresses of all nodes. */
  public List<InetSocketAddress> addresses() {
    return nodes.stream().map(FakeNode::address).collect(Collectors.toUnmodifiableList());
  }

  /** The port that all nodes listen on. */
  public int port() {
    return nodes.get(0).port();
  }

  /** Does the same to each node, such as adding a rule. */
  public void each(Consumer<FakeNode> action) {
    nodes.forEach(action);
  }

  /** Pushes an event from every node to those who registered there. */
  public Future<Void> pushEvent(Reply event) {
    List<Future<Void>> pushed = new ArrayList<>();
    nodes.forEach(node -> pushed.add(node.pushEvent(event)));
    return Future.all(pushed).mapEmpty();
  }

  /** Adds a node with the given tokens; the others announce it as new and as up. */
  public Future<FakeNode> addNode(String datacenter, String rack, List<String> tokens) {
    FakeClusterOptions.Place place = new FakeClusterOptions.Place(datacenter, rack);
    return startNode(place, tokens, port())
        .compose(
            node -> {
              describePeers();
              return pushEvent(Replies.topologyEvent("NEW_NODE", node.address()))
                  .compose(v -> pushEvent(Replies.statusEvent("UP", node.address())))
                  .map(node);
            });
  }

  /** Takes a node out of the cluster and closes it; the others announce that it was removed. */
  public Future<Void> removeNode(FakeNode node) {
    List<FakeNode> rest = new ArrayList<>(nodes);
    rest.remove(node);
    nodes = List.copyOf(rest);
    describePeers();
    return pushEvent(Replies.topologyEvent("REMOVED_NODE", node.address()))
        .compose(v -> node.close());
  }

  /** Stops a node, which stays a member; the others announce that it is down. */
  public Future<Void> takeDown(FakeNode node) {
    return node.stop().compose(v -> pushEvent(Replies.statusEvent("DOWN", node.address())));
  }

  /** Lets a stopped node listen again; the others announce that it is up. */
  public Future<Void> bringUp(FakeNode node) {
    return node.resume().compose(v -> pushEvent(Replies.statusEvent("UP", node.address())));
  }

  /**
   * Replaces a node by one at a new address with the same host id and tokens, as a container that
   * was rescheduled; the rules stay behind with the old node.
   */
  public Future<FakeNode> moveNode(FakeNode node) {
    NodeInfo info = node.info();
    List<String> tokens = List.copyOf(info.tokens());
    FakeClusterOptions.Place place = new FakeClusterOptions.Place(info.datacenter(), info.rack());
    return startNode(place, tokens, port())
        .compose(
            moved -> {
              moved.setInfo(moved.info().withHostId(info.hostId()));
              return removeNode(node)
                  .compose(v -> pushEvent(Replies.topologyEvent("NEW_NODE", moved.address())))
                  .compose(v -> pushEvent(Replies.statusEvent("UP", moved.address())))
                  .map(moved);
            });
  }

  /** Gives all nodes the same new schema version, then pushes the event of the change. */
  public Future<Void> changeSchema(UUID schemaVersion, Reply schemaEvent) {
    each(node -> node.setSchemaVersion(schemaVersion));
    return pushEvent(schemaEvent);
  }

  /** Tells every node again who its peers are; for nodes whose info was changed by hand. */
  public void describePeers() {
    List<FakeNode> all = nodes;
    for (FakeNode node : all) {
      List<NodeInfo> peers = new ArrayList<>();
      for (FakeNode other : all) {
        if (other != node) {
          peers.add(other.info());
        }
      }
      node.setPeers(peers);
    }
  }

  /** Closes all nodes. */
  public Future<Void> close() {
    List<Future<Void>> closed = new ArrayList<>();
    nodes.forEach(node -> closed.add(node.close()));
    nodes = List.of();
    return Future.join(closed).mapEmpty();
  }

  private Future<FakeCluster> startAll(int attempts) {
    Future<FakeNode> last = startPlace(0, 0);
    for (int i = 1; i < options.places().size(); i++) {
      int index = i;
      last = last.compose(first -> startPlace(index, port()));
    }
    return last.map(
            node -> {
              describePeers();
              return this;
            })
        .recover(
            error -> {
              // The port that the first address got may be taken on another one.
              if (attempts <= 1 || !isBusyPort(error)) {
                return close().transform(v -> Future.failedFuture(error));
              }
              addressesUsed = 0;
              return close().transform(v -> startAll(attempts - 1));
            });
  }

  private Future<FakeNode> startPlace(int index, int port) {
    return startNode(options.places().get(index), evenTokens(index), port);
  }

  private Future<FakeNode> startNode(
      FakeClusterOptions.Place place, List<String> tokens, int port) {
    String host = Loopback.literal(options.firstAddress(), addressesUsed++);
    FakeNodeOptions own = options.nodeOptions().apply(new FakeNodeOptions());
    UnaryOperator<NodeInfo> change = own.info();
    own.setHost(host)
        .setPort(port)
        .setInfo(
            info ->
                change
                    .apply(info)
                    .withLocation(place.datacenter(), place.rack())
                    .withTokens(tokens));
    return FakeNode.start(vertx, own)
        .onSuccess(
            node -> {
              List<FakeNode> more = new ArrayList<>(nodes);
              more.add(node);
              nodes = List.copyOf(more);
            });
  }

  private List<String> evenTokens(int index) {
    int count = options.places().size();
    BigInteger parts = BigInteger.valueOf((long) count * options.tokensPerNode());
    List<String> tokens = new ArrayList<>();
    for (int i = 0; i < options.tokensPerNode(); i++) {
      BigInteger position = BigInteger.valueOf((long) i * count + index);
      tokens.add(
          BigInteger.valueOf(Long.MIN_VALUE).add(RING.multiply(position).divide(parts)).toString());
    }
    return tokens;
  }

  private static boolean isBusyPort(@Nullable Throwable error) {
    return error instanceof BindException
        || (error != null && error.getCause() instanceof BindException);
  }
}
