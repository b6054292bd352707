package cqloop.netty.perf;

import static org.assertj.core.api.Assertions.assertThat;

import cqloop.CqlOptions;
import cqloop.CqlSession;
import cqloop.PoolOptions;
import cqloop.PreparedStatement;
import cqloop.testkit.fake.Conditions;
import cqloop.testkit.fake.FakeNode;
import cqloop.testkit.fake.FakeNodeOptions;
import cqloop.testkit.fake.PreparedReply;
import cqloop.testkit.fake.Reactions;
import cqloop.testkit.fake.Replies;
import cqloop.testkit.fake.Reply;
import cqloop.testkit.fake.RowsReply;
import cqloop.testkit.fake.WireType;
import cqloop.testkit.fake.WireVersion;
import io.netty.channel.EventLoop;
import io.netty.util.NetUtil;
import io.netty.util.concurrent.SingleThreadEventExecutor;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxBootstrap;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * Not shared. A session of an application with a few event loops, and the node it talks to, which
 * runs on the threads of another Vert.x: what the node allocates or queues is never counted.
 */
final class HotSession implements AutoCloseable {

  /** Requests of one turn, and answers that the node writes together. */
  static final int REQUESTS = 1000;

  static final int PAGE_ROWS = 5000;

  private static final String POINT = "SELECT a, b, c, d FROM ks.t WHERE k = ?";
  private static final String INSERT = "INSERT INTO ks.t (k, a, b, c, d, e) VALUES (?,?,?,?,?,?)";
  private static final String PAGE = "SELECT k, a, b, c, d, e, f, g FROM ks.p";
  private static final long LIMIT_SECONDS = 30;

  private final CountingTransport transport = new CountingTransport();
  private final Vertx servers = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
  private final Vertx vertx;
  private final FakeNode node;
  private final Context home;
  private final CqlSession session;

  HotSession(WireVersion version, int eventLoops) {
    loadNetty();
    vertx =
        VertxBootstrap.create()
            .options(new VertxOptions().setEventLoopPoolSize(eventLoops))
            .transport(transport)
            .init()
            .vertx();
    node =
        get(FakeNode.start(servers, new FakeNodeOptions().setVersions(version).setMaxRecorded(10)));
    declare();
    home = ((ContextInternal) vertx.getOrCreateContext()).unwrap();
    // Opening reads files, as a main program does before its verticles run: not on a loop.
    session = get(CqlSession.connect(vertx, options()));
  }

  /** Netty and the JDK read files for the first server: else that were on the node's loop. */
  static void loadNetty() {
    assertThat(NetUtil.SOMAXCONN).isPositive();
    try (ServerSocket first = new ServerSocket()) {
      assertThat(first.isBound()).isFalse();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private CqlOptions options() {
    return new CqlOptions()
        .addContactPoint("127.0.0.1:" + node.port())
        .setLocalDatacenter("dc1")
        .setPool(new PoolOptions().setEventLoops(1));
  }

  private void declare() {
    declare(
        POINT,
        Replies.prepared()
            .variable("k", WireType.INT)
            .partitionKey(0)
            .result("a", WireType.BIGINT)
            .result("b", WireType.INT)
            .result("c", WireType.TEXT)
            .result("d", WireType.DOUBLE),
        REQUESTS,
        Replies.rows()
            .column("a", WireType.BIGINT)
            .column("b", WireType.INT)
            .column("c", WireType.TEXT)
            .column("d", WireType.DOUBLE)
            .row(1L << 40, 7, "sixteen letters.", 2.5));
    declare(
        INSERT,
        Replies.prepared()
            .variable("k", WireType.INT)
            .variable("a", WireType.BIGINT)
            .variable("b", WireType.INT)
            .variable("c", WireType.TEXT)
            .variable("d", WireType.DOUBLE)
            .variable("e", WireType.UUID)
            .partitionKey(0),
        REQUESTS,
        Replies.voidResult());
    declare(PAGE, pageColumns(), 1, pageRows());
  }

  private void declare(String cql, PreparedReply prepared, int together, Reply answer) {
    node.declare(cql, prepared);
    node.when(Conditions.execute(cql)).react(Reactions.coalesce(together, answer));
  }

  private static PreparedReply pageColumns() {
    return Replies.prepared()
        .result("k", WireType.BIGINT)
        .result("a", WireType.INT)
        .result("b", WireType.TEXT)
        .result("c", WireType.DOUBLE)
        .result("d", WireType.BOOLEAN)
        .result("e", WireType.TIMESTAMP)
        .result("f", WireType.UUID)
        .result("g", WireType.TEXT);
  }

  private static RowsReply pageRows() {
    RowsReply rows =
        Replies.rows()
            .column("k", WireType.BIGINT)
            .column("a", WireType.INT)
            .column("b", WireType.TEXT)
            .column("c", WireType.DOUBLE)
            .column("d", WireType.BOOLEAN)
            .column("e", WireType.TIMESTAMP)
            .column("f", WireType.UUID)
            .column("g", WireType.TEXT);
    for (int i = 0; i < PAGE_ROWS; i++) {
      byte[] millis = new byte[Long.BYTES];
      millis[Long.BYTES - 1] = (byte) i;
      rows.row((long) i, i, "sixteen letters.", 2.5, true, millis, new UUID(1, i), "8 letter");
    }
    return rows;
  }

  PreparedStatement point() {
    return on(home, () -> session.prepare(POINT));
  }

  PreparedStatement insert() {
    return on(home, () -> session.prepare(INSERT));
  }

  PreparedStatement page() {
    return on(home, () -> session.prepare(PAGE));
  }

  CqlSession session() {
    return session;
  }

  Vertx vertx() {
    return vertx;
  }

  CountingTransport transport() {
    return transport;
  }

  /** The context that the session was opened on: its loop is the one that has the connections. */
  Context home() {
    return home;
  }

  static EventLoop loopOf(Context context) {
    return ((ContextInternal) context).nettyEventLoop();
  }

  /** Tasks that wait on the loop of a context, timers not counted. */
  static int tasks(Context context) {
    return ((SingleThreadEventExecutor) loopOf(context)).pendingTasks();
  }

  /** Calls something on a context and waits for what comes of it. */
  static <T> T on(Context context, java.util.function.Supplier<Future<T>> action) {
    return get(
        Future.future(promise -> context.runOnContext(turn -> action.get().onComplete(promise))));
  }

  static <T> T get(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(LIMIT_SECONDS, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError("No success within " + LIMIT_SECONDS + " s: " + e, e);
    }
  }

  @Override
  public void close() {
    get(session.close());
    get(vertx.close());
    get(servers.close());
  }
}
