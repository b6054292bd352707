package cqloop.netty.sim;

import cqloop.error.CqlException;
import cqloop.metadata.Node;
import cqloop.netty.cluster.ClusterListener;
import cqloop.netty.cluster.ClusterState;
import cqloop.netty.cluster.ContactPoints;
import cqloop.netty.cluster.ControlConfig;
import cqloop.netty.cluster.ControlConnection;
import cqloop.netty.cluster.NameService;
import cqloop.netty.conn.Connection;
import cqloop.netty.engine.EngineListener;
import cqloop.netty.engine.LoopEngine;
import cqloop.netty.loop.Interval;
import cqloop.netty.message.Event;
import cqloop.netty.message.SchemaChange;
import cqloop.netty.session.SimNodeStates;
import io.vertx.core.Future;
import io.vertx.core.net.HostAndPort;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Home-loop-owned. Follows the cluster for a simulated client as a session does: a control
 * connection from the moment that the first node is up, and the states of the nodes.
 */
final class SimControl implements ClusterListener, EngineListener {

  /** In a simulation everything has an address. */
  private static final NameService NO_NAMES =
      new NameService() {
        @Override
        public Future<List<InetAddress>> addressesOf(String host) {
          return Future.failedFuture("no names here");
        }

        @Override
        public Future<String> nameOf(InetAddress address) {
          return Future.failedFuture("no names here");
        }

        @Override
        public Future<Void> close() {
          return Future.succeededFuture();
        }
      };

  private final SimClient client;
  private final SimLoop loop;
  private final ControlConnection connection;
  private final SimNodeStates states;
  private boolean started;

  /**
   * @param client has been started
   * @param refreshNanos how often the cluster is read without any event
   */
  SimControl(SimClient client, SimLoop loop, long refreshNanos) {
    this.client = client;
    this.loop = loop;
    LoopEngine engine = client.engine();
    this.states = new SimNodeStates(engine, client.shared(), this::publish);
    this.connection =
        new ControlConnection(
            loop,
            engine.connector(),
            engine.deadlines(),
            new ControlConfig(
                client.connectionConfig(),
                client.reconnection,
                announced -> Future.succeededFuture(announced.address()),
                9042,
                new Interval(refreshNanos, bound -> bound / 2)),
            client.shared()::cluster,
            () -> Objects.requireNonNull(client.shared().version()),
            contactPoints(),
            this);
    client.setListener(this);
  }

  private ContactPoints contactPoints() {
    List<HostAndPort> points = new ArrayList<>();
    for (Node node : client.shared().topology().nodes()) {
      points.add(HostAndPort.create(node.address().host(), node.address().port()));
    }
    return new ContactPoints(points, NO_NAMES, false);
  }

  /** Stops following. */
  void close() {
    connection.close();
    states.close();
  }

  private void publish() {
    client.engine().onTopology(client.shared().topology());
  }

  @Override
  public void onCluster(ClusterState state) {
    loop.world().trace("cluster: %s", state.topology());
    client.shared().setCluster(state);
    states.onCluster(state.topology());
    publish();
  }

  @Override
  public void onControlConnection(Connection opened) {
    // Schemas are not simulated.
  }

  @Override
  public void onSchemaChange(SchemaChange change) {
    // Schemas are not simulated.
  }

  @Override
  public void onSchemaChange(LoopEngine engine, SchemaChange change) {
    // Schemas are not simulated.
  }

  @Override
  public void onNodeUp(Node node) {
    loop.execute(() -> client.engine().onNodeUp(node));
  }

  @Override
  public void onNodeDown(Node node) {
    loop.execute(() -> client.engine().onNodeDown(node));
  }

  @Override
  public void onUp(LoopEngine engine, Node node) {
    loop.execute(() -> states.onUp(engine, node));
    if (!started && !engine.isClosed()) {
      started = true;
      loop.execute(() -> connection.start(node, (done, failure) -> {}));
    }
  }

  @Override
  public void onDown(LoopEngine engine, Node node, CqlException reason) {
    loop.execute(() -> states.onDown(engine, node));
  }

  @Override
  public void onWrongNode(LoopEngine engine, Node node) {
    loop.execute(connection::refreshSoon);
  }

  @Override
  public void onEvent(LoopEngine engine, Connection from, Event event) {
    // As in a session: connections of pools are not believed.
  }

  @Override
  public void onIdle(LoopEngine engine) {
    // The simulation counts.
  }
}
