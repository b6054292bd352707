package cqloop.netty.sim;

import static org.assertj.core.api.Assertions.assertThat;

import cqloop.error.CqlException;
import cqloop.netty.conn.Connection;
import cqloop.testkit.fake.Opcode;
import cqloop.testkit.fake.Reply;
import cqloop.testkit.fake.WireVersion;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Not shared. A client and a few servers of which a test decides every answer. What is not decided
 * is answered at once as usual, and what reached the servers is written down.
 */
public final class SimCluster {

  /** Long enough for anything that is not waiting for a timer. */
  public static final long SOON = SimWorld.millis(20);

  private final SimWorld world = new SimWorld(42);
  private final SimLoop loop = new SimLoop(world);
  private final SimNetwork network = new SimNetwork(world, SimWorld.seconds(2));
  private final SimClient client = new SimClient(network, loop);
  private final List<SimServer> servers = new ArrayList<>();
  private final List<ArrayDeque<SimServer.Script>> reactions = new ArrayList<>();
  private final List<String> statements = new ArrayList<>();

  /** Makes servers that speak up to v5. */
  public SimCluster(int nodes) {
    this(nodes, EnumSet.of(WireVersion.V3, WireVersion.V4, WireVersion.V5));
  }

  /** Makes servers that speak these versions. */
  public SimCluster(int nodes, Set<WireVersion> versions) {
    for (int i = 0; i < nodes; i++) {
      int number = i;
      reactions.add(new ArrayDeque<>());
      SimServer server =
          new SimServer(
              world,
              SimClient.address(i),
              versions,
              (connection, request) -> onRequest(number, connection, request));
      servers.add(server);
      server.listen(network);
    }
  }

  private void onRequest(int node, SimServerConnection connection, SimRequest request) {
    boolean statement =
        switch (request.opcode()) {
          case QUERY, EXECUTE, BATCH, PREPARE -> !request.text().startsWith("USE ");
          default -> false;
        };
    if (!statement) {
      Scripts.answerAtOnce(connection, request);
      return;
    }
    statements.add(node + " " + request.opcode());
    SimServer.Script reaction = reactions.get(node).poll();
    if (reaction == null) {
      Scripts.answerAtOnce(connection, request);
    } else {
      reaction.onRequest(connection, request);
    }
  }

  /** The next statement that reaches the node gets this answer. */
  public SimCluster then(int node, Reply reply) {
    return thenDo(node, (connection, request) -> connection.answer(request, reply));
  }

  /** The next statement that reaches the node gets this answer after a while. */
  public SimCluster thenLater(int node, long delayNanos, Reply reply) {
    return thenDo(
        node, (connection, request) -> connection.answerLater(request, delayNanos, reply));
  }

  /** The next statement that reaches the node is never answered. */
  public SimCluster thenSilence(int node) {
    return thenDo(node, (connection, request) -> {});
  }

  /** The next statement that reaches the node ends its connection. */
  public SimCluster thenReset(int node) {
    return thenDo(node, (connection, request) -> connection.link().resetByServer());
  }

  /** Decides what happens to the next statement that reaches the node. */
  public SimCluster thenDo(int node, SimServer.Script reaction) {
    reactions.get(node).add(reaction);
    return this;
  }

  /** Starts the client and waits until it has all its connections. */
  public SimCluster start() {
    client.start(servers.size());
    world.advance(SOON);
    return this;
  }

  /** Lets a little time pass. */
  public void soon() {
    world.advance(SOON);
  }

  public SimWorld world() {
    return world;
  }

  public SimLoop loop() {
    return loop;
  }

  public SimNetwork network() {
    return network;
  }

  public SimClient client() {
    return client;
  }

  public SimServer server(int node) {
    return servers.get(node);
  }

  /** What reached the servers besides handshakes, such as {@code 0 QUERY}. */
  public List<String> statements() {
    return statements;
  }

  /** How many requests of this kind reached the servers. */
  public long count(Opcode opcode) {
    return statements.stream().filter(line -> line.endsWith(" " + opcode)).count();
  }

  /** The only open connection of the client. */
  public Connection connection() {
    assertThat(client.engine().connections()).hasSize(1);
    return client.engine().connections().get(0);
  }

  /** Closes the client and asserts that nothing is left of it. */
  public void closeAndCheck() {
    loop.run(client.engine()::closeNow);
    world.advance(SimWorld.seconds(120));
    assertThat(client.engine().running()).as("requests that run").isZero();
    assertThat(client.engine().room().waiting()).as("requests in the queue").isZero();
    assertThat(client.engine().repreparations().isEmpty()).as("nobody waits for PREPARE").isTrue();
    assertThat(client.engine().deadlines().isEmpty()).as("no deadline waits").isTrue();
    assertThat(network.allocator().held()).as("buffers not released").isZero();
    assertThat(world.planned()).as("timers and tasks that are left").isZero();
    network.links().forEach(link -> assertThat(link.isClientOpen()).isFalse());
  }

  /** The failure of an outcome, which must be of this class. */
  public static <E extends CqlException> E failureOf(Outcome<?> outcome, Class<E> expected) {
    assertThat(outcome.completions()).as("completions").isEqualTo(1);
    assertThat(outcome.failure()).isInstanceOf(expected);
    return expected.cast(outcome.failure());
  }
}
