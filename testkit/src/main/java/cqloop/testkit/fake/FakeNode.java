package cqloop.testkit.fake;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.PromiseInternal;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
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
  private final Map<String, PreparedReply> declared = new ConcurrentHashMap<>();

  // Loop-owned: what was prepared here, by id.
  private final Map<String, PreparedReply> prepared = new HashMap<>();
  private final Map<String, String> preparedTexts = new HashMap<>();
  private final NodeCounters counters = new NodeCounters();
  private @Nullable NetServer server;

  /** Published: replaced whole by the loop. */
  private volatile List<FakeConnection> connections = List.of();

  private volatile @Nullable NodeInfo info;
  private volatile List<NodeInfo> peers = List.of();
  private volatile UUID schemaVersion = new UUID(0, 1);
  private volatile Consumer<FakeConnection> onConnect = connection -> {};

  private FakeNode(Vertx vertx, FakeNodeOptions options) {
    this.options = new FakeNodeOptions(options);
    this.context = ((VertxInternal) vertx).createEventLoopContext();
    this.log = new TrafficLog(options.maxRecorded());
    this.gate = new VersionGate(this.options);
    this.answers = new DefaultAnswers(this, this.options);
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
    declared.put(cql, reply);
  }

  /** Forgets every prepared statement, as a restart does. */
  public Future<Void> forgetPrepared() {
    return onLoop(
        () -> {
          prepared.clear();
          preparedTexts.clear();
          return Future.succeededFuture();
        });
  }

  /** Runs for every accepted connection before anything is read: reset it, stop reading. */
  public void onConnect(Consumer<FakeConnection> action) {
    this.onConnect = action;
  }

  /** The open connections, oldest first. */
  public List<FakeConnection> connections() {
    return connections;
  }

  /** The counters so far. */
  public NodeCounters.Snapshot counters() {
    return counters.snapshot(connections.size());
  }

  /** The recorded requests, oldest first. */
  public List<Request> requests() {
    return log.matching(request -> true);
  }

  /** The recorded requests that meet a condition, oldest first. */
  public List<Request> requests(Condition condition) {
    return log.matching(condition);
  }

  /** Frames and bodies that did not follow the specification, as messages. */
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
          for (FakeConnection connection : connections) {
            if (connection.eventTypes().contains(type)) {
              pushed.add(connection.push(event));
            }
          }
          return Future.all(pushed).mapEmpty();
        });
  }

  /** Closes all connections with FIN. */
  public Future<Void> closeConnections() {
    return eachConnection(FakeConnection::close);
  }

  /** Closes all connections with RST. */
  public Future<Void> resetConnections() {
    return eachConnection(FakeConnection::reset);
  }

  /** Stops listening and closes all connections; {@link #resume} listens on the same port. */
  public Future<Void> stop() {
    return onLoop(
        () -> {
          NetServer current = server;
          server = null;
          Future<Void> closed = current == null ? Future.succeededFuture() : current.close();
          return closed.compose(v -> closeConnections());
        });
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
        () -> {
          NetServer next = context.owner().createNetServer(options.serverOptions());
          next.connectHandler(this::accept);
          return next.listen(port, options.host())
              .map(
                  bound -> {
                    server = bound;
                    if (info == null) {
                      InetSocketAddress at =
                          new InetSocketAddress(options.host(), bound.actualPort());
                      info = options.info().apply(NodeInfo.of(at));
                    }
                    return (Void) null;
                  });
        });
  }

  private void accept(NetSocket socket) {
    FakeConnection connection =
        new FakeConnection(this, (NetSocketInternal) socket, counters.nextConnection());
    List<FakeConnection> more = new ArrayList<>(connections);
    more.add(connection);
    connections = List.copyOf(more);
    socket.closeHandler(
        v -> {
          connection.onClose();
          List<FakeConnection> fewer = new ArrayList<>(connections);
          fewer.remove(connection);
          connections = List.copyOf(fewer);
        });
    // A reset by the client is normal in tests; the close handler follows.
    socket.exceptionHandler(error -> connection.onClose());
    socket.handler(connection::onBytes);
    onConnect.accept(connection);
  }

  private Future<Void> eachConnection(Function<FakeConnection, Future<Void>> f) {
    return onLoop(
        () -> {
          List<Future<Void>> done = new ArrayList<>();
          connections.forEach(connection -> done.add(f.apply(connection)));
          return Future.all(done).mapEmpty();
        });
  }

  void serve(Exchange exchange) {
    log.add(exchange.request());
    for (Rule rule : rules) {
      if (rule.applies(exchange.request())) {
        rule.reaction().run(exchange).onFailure(e -> log.addViolation("a reaction failed: " + e));
        return;
      }
    }
    exchange.answerByDefault();
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

  @Nullable PreparedReply declared(String cql) {
    return declared.get(cql);
  }

  void remember(String cql, PreparedReply reply) {
    String id = HexFormat.of().formatHex(reply.idFor(cql));
    prepared.put(id, reply);
    preparedTexts.put(id, cql);
  }

  @Nullable PreparedReply prepared(byte[] id) {
    return prepared.get(HexFormat.of().formatHex(id));
  }

  @Nullable String preparedText(RequestDecoder.Decoded decoded) {
    return decoded.body() instanceof RequestBody.Execute execute
        ? preparedTexts.get(HexFormat.of().formatHex(execute.id()))
        : null;
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
