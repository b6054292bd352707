package cqloop.bench.scale;

import cqloop.CqlOptions;
import cqloop.CqlSession;
import cqloop.PreparedStatement;
import cqloop.metadata.Node;
import cqloop.metadata.NodeState;
import io.netty.buffer.PooledByteBufAllocator;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.net.SocketAddress;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Opens a session on scripted nodes in a process of their own, and prints what that took: {@code
 * ScaleMain [nodes of each data centre] [data centres] [tokens of a node]}, 334, 3 and 256 if
 * nothing is said.
 */
public final class ScaleMain {

  private static final int KEYS = 10_000;
  private static final int IN_FLIGHT = 64;

  /** As many as each of three nodes has of {@link #IN_FLIGHT}. */
  private static final int IN_FLIGHT_PER_NODE = 21;

  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

  private ScaleMain() {}

  public static void main(String[] args) throws Exception {
    String nodes = args.length > 0 ? args[0] : "334";
    String datacenters = args.length > 1 ? args[1] : "3";
    String tokens = args.length > 2 ? args[2] : "256";
    Process servers = servers(nodes, datacenters, tokens);
    try {
      String first = awaitReady(servers);
      System.out.printf("%s nodes x %s data centres, %s tokens%n", nodes, datacenters, tokens);
      measure(first, Integer.parseInt(nodes));
    } finally {
      servers.destroy();
    }
    System.exit(0);
  }

  private static Process servers(String... args) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx2g",
            "-cp",
            System.getProperty("java.class.path"),
            LargeCluster.class.getName());
    builder.command().addAll(List.of(args));
    return builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  private static String awaitReady(Process servers) throws IOException {
    BufferedReader out =
        new BufferedReader(new InputStreamReader(servers.getInputStream(), StandardCharsets.UTF_8));
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      if (line.startsWith(LargeCluster.READY)) {
        return line.substring(LargeCluster.READY.length());
      }
    }
    throw new IOException("The process of the nodes has ended before they were ready");
  }

  private static void measure(String first, int local) throws Exception {
    Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    Context context = vertx.getOrCreateContext();
    long before = usedMegabytes();
    TurnWatch watch = new TurnWatch(context);
    watch.start();
    long began = System.nanoTime();
    CqlSession session = connect(vertx, context, first);
    print("cluster read", began);
    get(session.execute("read"));
    print("first request answered", began);
    awaitUp(session, local);
    print("every local node connected", began);
    System.out.println("event loop meanwhile: " + watch.stop());
    System.out.printf("memory: %d MB%n", usedMegabytes() - before);
    PreparedStatement point = get(session.prepare(LargeCluster.POINT));
    run(context, session, point, "in all", IN_FLIGHT, IN_FLIGHT);
    run(context, session, point, "per node", IN_FLIGHT_PER_NODE, IN_FLIGHT_PER_NODE * local);
    // What the size of a cluster costs by itself, without the memory of many nodes being touched.
    RequestRun few = new RequestRun(session, point, 1, IN_FLIGHT);
    System.out.printf("a request for one key, %d in flight: %s%n", IN_FLIGHT, few.run(context));
    List<SocketAddress> nodes = local(session);
    get(session.close());
    FloorRun floor = new FloorRun(IN_FLIGHT_PER_NODE);
    System.out.printf(
        "the same without a driver, %d in flight per node: %s%n",
        IN_FLIGHT_PER_NODE, floor.run(vertx, context, nodes));
    get(vertx.close());
  }

  private static void run(
      Context context,
      CqlSession session,
      PreparedStatement point,
      String of,
      int number,
      int inFlight)
      throws Exception {
    RequestRun run = new RequestRun(session, point, KEYS, inFlight);
    System.out.printf("a request, %d in flight %s: %s%n", number, of, run.run(context));
  }

  private static CqlSession connect(Vertx vertx, Context context, String first) throws Exception {
    CqlOptions options = new CqlOptions().addContactPoint(first).setLocalDatacenter("dc1");
    // From this context: its event loop is the one that follows the cluster.
    return get(
        Future.future(
            promise ->
                context.runOnContext(
                    turn -> CqlSession.connect(vertx, options).onComplete(promise))));
  }

  private static void awaitUp(CqlSession session, int wanted) {
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (up(session) < wanted) {
      if (System.nanoTime() - end > 0) {
        throw new IllegalStateException(up(session) + " of " + wanted + " nodes are connected");
      }
      LockSupport.parkNanos(1_000_000);
    }
  }

  private static List<SocketAddress> local(CqlSession session) {
    return session.topology().nodes().stream()
        .filter(node -> node.datacenter().equals("dc1"))
        .map(Node::address)
        .toList();
  }

  private static int up(CqlSession session) {
    int up = 0;
    for (Node node : session.topology().nodes()) {
      up += node.state() == NodeState.UP ? 1 : 0;
    }
    return up;
  }

  /** Live objects and the buffers of Netty. */
  private static long usedMegabytes() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    long heap = runtime.totalMemory() - runtime.freeMemory();
    return (heap + PooledByteBufAllocator.DEFAULT.metric().usedDirectMemory()) >> 20;
  }

  private static void print(String what, long began) {
    System.out.printf("%s: %d ms%n", what, (System.nanoTime() - began) / 1_000_000);
  }

  private static <T> T get(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
  }
}
