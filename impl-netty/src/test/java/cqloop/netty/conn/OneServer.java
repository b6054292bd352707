package cqloop.netty.conn;

import static org.assertj.core.api.Assertions.assertThat;

import cqloop.Consistency;
import cqloop.ProtocolVersion;
import cqloop.error.CqlException;
import cqloop.netty.loop.Deadlines;
import cqloop.netty.message.Event;
import cqloop.netty.message.Query;
import cqloop.netty.message.QueryParameters;
import cqloop.netty.sim.Outcome;
import cqloop.netty.sim.Scripts;
import cqloop.netty.sim.SimClient;
import cqloop.netty.sim.SimLoop;
import cqloop.netty.sim.SimNetwork;
import cqloop.netty.sim.SimRequest;
import cqloop.netty.sim.SimServer;
import cqloop.netty.sim.SimServerConnection;
import cqloop.netty.sim.SimWorld;
import cqloop.testkit.fake.Reply;
import cqloop.testkit.fake.WireVersion;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Not shared. One simulated server, and what connects to it without pool or engine. */
final class OneServer implements ConnectionOwner {

  private static final QueryParameters PARAMETERS = QueryParameters.of(Consistency.ONE, 0);

  final SimWorld world = new SimWorld(7);
  final SimLoop loop = new SimLoop(world);
  final SimNetwork network = new SimNetwork(world, SimWorld.seconds(2));
  final SimClient settings = new SimClient(network, loop);
  final Deadlines deadlines = new Deadlines(loop);
  final SimServer server =
      new SimServer(
          world,
          SimClient.address(0),
          EnumSet.of(WireVersion.V3, WireVersion.V4, WireVersion.V5),
          this::onRequest);
  final ArrayDeque<SimServer.Script> script = new ArrayDeque<>();
  final List<SimRequest> requests = new ArrayList<>();
  final List<String> events = new ArrayList<>();
  @Nullable CqlException closeReason;

  OneServer() {
    server.listen(network);
  }

  /** Loses every connection: then no buffer is held and no timer planned any more. */
  void assertNothingIsLeft() {
    network.links().forEach(link -> link.resetByServer());
    world.advance(SimWorld.seconds(60));
    assertThat(network.allocator().held()).isZero();
    assertThat(world.planned()).isZero();
  }

  private void onRequest(SimServerConnection connection, SimRequest request) {
    requests.add(request);
    SimServer.Script next = script.poll();
    if (next == null) {
      Scripts.answerAtOnce(connection, request);
    } else {
      next.onRequest(connection, request);
    }
  }

  /** The next request is answered with this. */
  OneServer then(Reply reply) {
    return thenDo((connection, request) -> connection.answer(request, reply));
  }

  /** The next request is answered as usual. */
  OneServer thenUsual() {
    return thenDo(Scripts::answerAtOnce);
  }

  /** The next request is not answered. */
  OneServer thenSilence() {
    return thenDo((connection, request) -> {});
  }

  OneServer thenDo(SimServer.Script reaction) {
    script.add(reaction);
    return this;
  }

  /** Begins to connect with one version. */
  Outcome<Connection> connect(ProtocolVersion version) {
    Outcome<Connection> outcome = new Outcome<>(world);
    loop.run(() -> new Connector(loop, network, deadlines).connect(target(), version, outcome));
    return outcome;
  }

  /** Begins to negotiate. */
  Outcome<Connection> negotiate() {
    Outcome<Connection> outcome = new Outcome<>(world);
    loop.run(
        () -> new Negotiator(new Connector(loop, network, deadlines), target(), outcome).start());
    return outcome;
  }

  /** Returns an open connection. */
  Connection open(ProtocolVersion version) {
    Outcome<Connection> outcome = connect(version);
    soon();
    requests.clear();
    return outcome.value();
  }

  private Connector.Target target() {
    return new Connector.Target(
        SimClient.address(0),
        "10.0.0.1:9042",
        null,
        settings.connectionConfig(),
        settings.keyspace,
        this);
  }

  /** Sends a query; what becomes of it is written into the result. */
  Answer send(Connection connection, String cql) {
    Answer answer = new Answer();
    loop.run(() -> connection.send(query(cql), answer));
    return answer;
  }

  static Query query(String cql) {
    return Query.of(cql, PARAMETERS);
  }

  void soon() {
    world.advance(SimWorld.millis(20));
  }

  @Override
  public void onAvailable(Connection connection) {
    events.add("available");
  }

  @Override
  public void onRetired(Connection connection) {
    events.add("retired");
  }

  @Override
  public void onClosed(Connection connection, CqlException reason) {
    events.add("closed");
    closeReason = reason;
  }

  @Override
  public void onEvent(Connection connection, Event event) {
    events.add("event");
  }

  /** Loop-owned. What became of one request. */
  static class Answer extends PendingResponse {
    int answers;
    int opcode = -1;
    @Nullable CqlException lost;
    boolean written;

    @Override
    protected void onResponse(
        Connection from, int flags, int newOpcode, byte[] body, int wireBytes) {
      answers++;
      opcode = newOpcode;
    }

    @Override
    protected void onLost(Connection from, CqlException error, boolean newWritten) {
      answers++;
      lost = error;
      written = newWritten;
    }
  }
}
