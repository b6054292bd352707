package cqloop.testkit.scylla;

import cqloop.testkit.CassandraNode;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.PromiseInternal;
import io.vertx.core.internal.VertxInternal;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Any thread; the work is done on one event loop. Stands before one real Cassandra node and makes
 * it look like a node of ScyllaDB: shards, the shard-aware port, protocol v4 at most, the release,
 * the mark of lightweight transactions, the rate limit error, tablets. Data and schema are the
 * node's.
 *
 * <p>Build the cluster with {@link cqloop.testkit.CassandraClusterBuilder#behindFronts()}: its
 * nodes then tell clients the addresses of the fronts.
 *
 * <p>The front counts the executions that came in at the right shard. It shares no code with the
 * driver: tokens are computed by Cassandra's partitioner, shards by {@link java.math.BigInteger}.
 * What it leaves out: tablets v2, events of client routes, limits of connections, and batches never
 * get the payload of tablets.
 */
public final class ScyllaFront {
  private final ContextInternal context;
  private final FrontState state;
  private final FrontListener listener;

  private ScyllaFront(ContextInternal context, FrontState state, InetSocketAddress target) {
    this.context = context;
    this.state = state;
    this.listener = new FrontListener(context, state, target);
  }

  /**
   * A front of this node, with 4 shards.
   *
   * @param node a running node
   * @return the builder
   */
  public static ScyllaFrontBuilder before(CassandraNode node) {
    return new ScyllaFrontBuilder(node);
  }

  static Future<ScyllaFront> start(Vertx vertx, CassandraNode node, FrontPlan plan) {
    ContextInternal context = ((VertxInternal) vertx).createEventLoopContext();
    return context
        .executeBlocking(() -> NodeFacts.read(node))
        .compose(
            facts -> {
              FrontState state = new FrontState(plan, facts);
              ScyllaFront front = new ScyllaFront(context, state, node.address());
              return front.onLoop(front.listener::listen).map(front);
            });
  }

  /**
   * Where clients connect.
   *
   * @return the address that the node announces, unless another was set, and port 9042
   */
  public InetSocketAddress address() {
    return new InetSocketAddress(state.plan().host(), FrontListener.PORT);
  }

  /**
   * The port where the local port of a client decides its shard.
   *
   * @return 19042, or 19142 with TLS
   */
  public int shardAwarePort() {
    return state.plan().tls() == null
        ? SupportedOptions.SHARD_PORT
        : SupportedOptions.SHARD_PORT_TLS;
  }

  /**
   * The host id of the node.
   *
   * @return the id
   */
  public UUID hostId() {
    return state.facts().hostId();
  }

  /**
   * What has come in since the start, the last {@link #resetCounters} and the last change of the
   * shards.
   *
   * @return the counters of this moment
   */
  public FrontCounters counters() {
    return state.counters();
  }

  /**
   * Counts from zero.
   *
   * @return completes when it is done
   */
  public Future<Void> resetCounters() {
    return change(state::resetCounters);
  }

  /**
   * The open connections.
   *
   * @return in the order of their acceptance
   */
  public List<FrontConnection> connections() {
    List<FrontConnection> connections = new ArrayList<>();
    listener.links().forEach(link -> connections.add(link.connection()));
    return connections;
  }

  /**
   * Changes what clients meet at the shard-aware port. The connections that came in there end.
   *
   * @param port from now on
   * @return completes when it is done
   */
  public Future<Void> setShardPort(ShardPort port) {
    return onLoop(
        () -> {
          state.setPlan(state.plan().withShardPort(port));
          return listener.changeShardPort();
        });
  }

  /**
   * Changes which executions are refused.
   *
   * @param refused tells for each; called on the event loop of the front
   * @return completes when it is done
   */
  public Future<Void> setRateLimit(Predicate<Arrival> refused) {
    return change(() -> state.setPlan(state.plan().withRateLimit(refused)));
  }

  /**
   * Divides a table into tablets, or otherwise than before.
   *
   * @param keyspace of the table
   * @param table its name
   * @param tablets all of them; empty for a table without tablets
   * @return completes when it is done
   */
  public Future<Void> setTablets(String keyspace, String table, List<Tablet> tablets) {
    return change(
        () -> {
          Map<String, List<Tablet>> next = new HashMap<>(state.plan().tablets());
          if (tablets.isEmpty()) {
            next.remove(keyspace + '.' + table);
          } else {
            next.put(keyspace + '.' + table, List.copyOf(tablets));
          }
          state.setPlan(state.plan().withTablets(next));
        });
  }

  /**
   * Closes everything and comes back with another number of shards, as a node does that was moved
   * to another machine.
   *
   * @param shards from now on
   * @return completes when it listens again
   */
  public Future<Void> restart(int shards) {
    return onLoop(
        () ->
            listener
                .stop()
                .compose(
                    v -> {
                      state.setPlan(state.plan().withShards(shards));
                      return listener.listen();
                    }));
  }

  /**
   * Ends the front; the node lives on.
   *
   * @return completes when nothing is left
   */
  public Future<Void> close() {
    return onLoop(listener::close);
  }

  @Override
  public String toString() {
    return "ScyllaDB front on " + address() + ", " + state.plan().sharder();
  }

  private Future<Void> change(Runnable action) {
    return onLoop(
        () -> {
          action.run();
          return Future.succeededFuture();
        });
  }

  private Future<Void> onLoop(Supplier<Future<Void>> action) {
    PromiseInternal<Void> promise = context.promise();
    context.runOnContext(v -> action.get().onComplete(promise));
    return promise.future();
  }
}
