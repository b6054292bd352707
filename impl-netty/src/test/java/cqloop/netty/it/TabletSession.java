package cqloop.netty.it;

import static org.assertj.core.api.Assertions.assertThat;

import cqloop.CqlOptions;
import cqloop.CqlSession;
import cqloop.PolicyOptions;
import cqloop.PreparedStatement;
import cqloop.Statement;
import cqloop.metadata.Node;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.IntFunction;

/** Owned by one test. A session of two event loops on {@link TabletNodes}. */
final class TabletSession implements AutoCloseable {

  static final Duration PATIENCE = Duration.ofSeconds(20);
  static final int KEYS = 300;
  static final int TABLETS = 8;

  private final Fakes fakes = new Fakes();
  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
  private TabletNodes nodes;
  private CqlSession session;
  private String localRack;

  /** Has the load balancing prefer a rack. */
  void preferRack(String rack) {
    localRack = rack;
  }

  /**
   * Starts the nodes and connects.
   *
   * @param listed whether they list the keyspaces that have tablets
   */
  void open(boolean listed) {
    open(true, listed);
  }

  /** The nodes have tablets, but do not offer to tell of them. */
  void openWithoutOffer() {
    open(false, false);
  }

  private void open(boolean offered, boolean listed) {
    nodes = TabletNodes.start(fakes.vertx(), "127.0.78.1", offered);
    nodes.place(TABLETS);
    if (listed) {
      nodes.tellKeyspaces();
    }
    connect();
  }

  @Override
  public void close() {
    Awaits.get(session.close());
    Awaits.get(vertx.close());
    Awaits.get(nodes.cluster().close());
    fakes.close();
  }

  CqlSession get() {
    return session;
  }

  TabletNodes nodes() {
    return nodes;
  }

  PreparedStatement prepare(String cql) {
    return Awaits.get(session.prepare(cql));
  }

  private void connect() {
    CqlOptions options =
        Fakes.options(nodes.cluster().node(0))
            .setLocalDatacenter("dc1")
            // The older table of peers tells no port.
            .setPort(nodes.cluster().port());
    options
        .getConnection()
        .setConnectTimeout(Duration.ofSeconds(20))
        .setHandshakeTimeout(Duration.ofSeconds(20));
    if (localRack != null) {
      options
          .getDefaultProfile()
          .setLoadBalancing(
              new PolicyOptions("default").setConfig(new JsonObject().put("localRack", localRack)));
    }
    session = Awaits.get(CqlSession.connect(vertx, options));
    Awaits.until(
        "the ring and the shards are known",
        PATIENCE,
        () ->
            session.tokenMap() != null
                && session.topology().nodes().size() == 3
                && session.topology().nodes().stream().allMatch(node -> node.sharding() != null));
  }

  /** Sends every key until none comes in at the wrong place, from both event loops. */
  void learn(IntFunction<Statement<?>> statement) {
    Awaits.until(
        "every tablet is known and every shard has its connection",
        PATIENCE,
        () -> {
          send(statement);
          return nodes.takeMisses() == 0;
        });
    nodes.takeHits();
  }

  /** Sends every key from both event loops: each comes in at a replica and its shard. */
  void assertNoMiss(IntFunction<Statement<?>> statement) {
    nodes.takeHits();
    send(statement);
    assertThat(nodes.takeMisses()).isZero();
    assertThat(nodes.takeHits()).isEqualTo(2 * KEYS);
  }

  private void send(IntFunction<Statement<?>> statement) {
    List<Future<?>> all = new ArrayList<>();
    for (int loop = 0; loop < 2; loop++) {
      Context context = vertx.getOrCreateContext();
      all.add(
          Future.future(
              promise ->
                  context.runOnContext(
                      turn -> {
                        List<Future<?>> sent = new ArrayList<>();
                        for (int key = 0; key < KEYS; key++) {
                          sent.add(session.execute(statement.apply(key)));
                        }
                        Future.all(sent).<Void>mapEmpty().onComplete(promise);
                      })));
    }
    Awaits.get(Future.all(all));
  }

  /** Returns who served a statement. */
  UUID coordinator(Statement<?> statement) {
    return Awaits.get(session.execute(statement)).executionInfo().coordinator().hostId();
  }

  /** Returns a node as the session knows it now, counted from 0. */
  Node node(int number) {
    return session.topology().node(nodes.host(number));
  }

  static List<UUID> hosts(List<Node> nodes) {
    return nodes.stream().map(Node::hostId).toList();
  }
}
