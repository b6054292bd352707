package cqloop.testkit.fake;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.PromiseInternal;
import io.vertx.core.internal.VertxInternal;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Any thread; the work is done on one event loop. A scripted server: it answers like a small
 * Cassandra node, except where a rule says otherwise.
 *
 * <pre>{@code
 * FakeNode node = FakeNode.start(vertx).toCompletionStage().toCompletableFuture().get();
 * node.when(query("SELECT v FROM t")).reply(rows().column("v", INT).row(42));
 * }</pre>
 */
public final class FakeNode {
  private final FakeNodeOptions options;
  private final ContextInternal context;
  private final TrafficLog log;
  private final VersionGate gate;
  private final DefaultAnswers answers;
  private final List<Rule> rules = new CopyOnWriteArrayList<>();
  private final PreparedMemory prepared = new PreparedMemory();
  private final NodeCounters counters = new NodeCounters();
  private final FakeListener listener;

  private volatile @Nullable NodeInfo info;
  private volatile List<NodeInfo> peers = List.of();
  private volatile UUID schemaVersion = new UUID(0, 1);

  private FakeNode(Vertx vertx, FakeNodeOptions options) {
    this.options = new FakeNodeOptions(options);
    this.context = ((VertxInternal) vertx).createEventLoopContext();
    this.log = new TrafficLog(options.maxRecorded());
    this.gate = new VersionGate(this.options);
    this.answers = new DefaultAnswers(this, this.options);
    this.listener = new FakeListener(this, this.options, context, counters);
  }

  /** Starts a node with the default options. */
  public static Future<FakeNode> start(Vertx vertx) {
    return start(vertx, new FakeNodeOptions());
  }

  /** Starts a node; fails when the address cannot be bound. */
  public static Future<FakeNode> start(Vertx vertx, FakeNodeOptions options) {
    FakeNode node = new FakeNode(vertx, options);
    return node.listen(options.port()).map(node);
  }

  /** Where the node listens. */
  public InetSocketAddress address() {
    return info().address();
  }

  /** The port that the node listens on. */
  public int port() {
    return address().getPort();
  }

  /** What the node says about itself. */
  public NodeInfo info() {
    NodeInfo current = info;
    if (current == null) {
      throw new IllegalStateException("the node has not been started");
    }
    return current;
  }

  /** Changes what the node says about itself. */
  public void setInfo(NodeInfo info) {
    this.info = info;
  }

  /** What the node says about its peers. */
  public List<NodeInfo> peers() {
    return peers;
  }

  /** Changes what the node says about its peers. */
  public void setPeers(List<NodeInfo> peers) {
    this.peers = List.copyOf(peers);
  }

  /** The schema version that the node reports for itself and for its peers. */
  public UUID schemaVersion() {
    return schemaVersion;
  }

  /** Changes the schema version. */
  public void setSchemaVersion(UUID schemaVersion) {
    this.schemaVersion = schemaVersion;
  }

  /** Starts a rule. Rules are asked in the order they were added; the first that applies wins. */
  public RuleBuilder when(Condition condition) {
    return new RuleBuilder(this, condition);
  }

  /** Removes all rules. */
  public void clearRules() {
    rules.clear();
  }

  /** Says what PREPARE of a text returns; executions of it return empty rows, or void. */
  public void declare(String cql, PreparedReply reply) {
    prepared.declare(cql, reply);
  }

  /** Forgets every prepared statement, as a restart does. */
  public Future<Void> forgetPrepared() {
    return onLoop(
        () -> {
          prepared.forget();
          return Future.succeededFuture();
        });
  }

  /** Runs for every accepted connection before anything is read: reset it, stop reading. */
  public void onConnect(Consumer<FakeConnection> action) {
    listener.onConnect(action);
  }

  /** The open connections, oldest first. */
  public List<FakeConnection> connections() {
    return listener.connections();
  }

  /** The shard-aware port of a node with shards, where the client's port chooses the shard. */
  public int shardAwarePort() {
    return listener.shardAwarePort();
  }

  /** The counters so far. */
  public NodeCounters.Snapshot counters() {
    return counters.snapshot(connections().size());
  }

  /** The recorded requests, oldest first. */
  public List<Request> requests() {
    return log.matching(request -> true);
  }

  /** The recorded requests that meet a condition, oldest first. */
  public List<Request> requests(Condition condition) {
    return log.matching(condition);
  }

  /** Frames that did not follow the specification, and rules that failed, as messages. */
  public List<String> violations() {
    return log.violations();
  }

  /** Forgets the recorded requests. */
  public void clearRequests() {
    log.clear();
  }

  /** The first recorded request that meets a condition, or the first one to come. */
  public Future<Request> awaitRequest(Condition condition) {
    return log.await(condition);
  }

  /** Pushes an event to every connection that registered for its type. */
  public Future<Void> pushEvent(Reply event) {
    return onLoop(
        () -> {
          String type = EventType.of(event);
          List<Future<Void>> pushed = new ArrayList<>();
          for (FakeConnection connection : connections()) {
            if (connection.eventTypes().contains(type)) {
              pushed.add(connection.push(event));
            }
          }
          return Future.all(pushed).mapEmpty();
        });
  }

  /** Closes all connections with FIN. */
  public Future<Void> closeConnections() {
    return onLoop(() -> listener.each(FakeConnection::close));
  }

  /** Closes all connections with RST. */
  public Future<Void> resetConnections() {
    return onLoop(() -> listener.each(FakeConnection::reset));
  }

  /** Stops listening and closes all connections; {@link #resume} listens on the same port. */
  public Future<Void> stop() {
    return onLoop(listener::stop);
  }

  /** Listens again after {@link #stop}, on the same address and port. */
  public Future<Void> resume() {
    return listen(port());
  }

  /** Stops for good; those who await requests fail. */
  public Future<Void> close() {
    return stop().onComplete(v -> log.close("the node at " + address() + " was closed"));
  }

  private Future<Void> listen(int port) {
    return onLoop(
        () ->
            listener
                .listen(port)
                .map(
                    bound -> {
                      if (info == null) {
                        InetSocketAddress at = new InetSocketAddress(options.host(), bound);
                        info = options.info().apply(NodeInfo.of(at));
                      }
                      return (Void) null;
                    }));
  }

  void serve(Exchange exchange) {
    log.add(exchange.request());
    try {
      reactionTo(exchange.request())
          .run(exchange)
          .onFailure(error -> log.addViolation("a reaction failed: " + error));
    } catch (RuntimeException e) {
      // A condition or a reaction of a test is wrong: the test must be able to see it.
      log.addViolation("a rule failed: " + e);
    }
  }

  private Reaction reactionTo(Request request) {
    for (Rule rule : rules) {
      if (rule.applies(request)) {
        return rule.reaction();
      }
    }
    return Reactions.byDefault();
  }

  Rule add(Rule rule) {
    rules.add(rule);
    return rule;
  }

  void remove(Rule rule) {
    rules.remove(rule);
  }

  Reply defaultAnswer(FakeConnection connection, Request request) {
    return answers.to(connection, request);
  }

  VersionGate gate() {
    return gate;
  }

  Request.Origin origin(FakeConnection connection, int onConnection) {
    return new Request.Origin(connection.number(), onConnection, counters.nextRequest());
  }

  void violation(FakeConnection connection, WireFormatException error) {
    log.addViolation("connection " + connection.number() + ": " + error.getMessage());
  }

  void countReceived(int bytes) {
    counters.received(bytes);
  }

  void countSent(int bytes) {
    counters.sent(bytes);
  }

  PreparedMemory prepared() {
    return prepared;
  }

  Future<Void> delay(long millis) {
    return millis <= 0 ? Future.succeededFuture() : context.timer(millis).mapEmpty();
  }

  Future<Void> onLoop(Supplier<Future<Void>> action) {
    if (context.nettyEventLoop().inEventLoop()) {
      return action.get();
    }
    PromiseInternal<Void> promise = context.promise();
    context.runOnContext(v -> action.get().onComplete(promise));
    return promise.future();
  }
}
