package cqloop.netty.cluster;

import cqloop.ProtocolVersion;
import cqloop.error.CqlException;
import cqloop.metadata.Node;
import cqloop.netty.conn.Connection;
import cqloop.netty.conn.ConnectionOwner;
import cqloop.netty.conn.Connector;
import cqloop.netty.conn.Opening;
import cqloop.netty.conn.OpeningSteps;
import cqloop.netty.loop.Deadlines;
import cqloop.netty.message.Event;
import cqloop.spi.ReconnectionPolicy;
import io.netty.channel.EventLoop;
import io.vertx.core.Completable;
import io.vertx.core.internal.logging.Logger;
import io.vertx.core.internal.logging.LoggerFactory;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Home-loop-owned. Follows the cluster over one connection of its own: registers for events, then
 * reads the tables of the node, and reads them again after events. When the connection is lost it
 * moves to another node at once; when no node takes it, it goes on by the reconnection policy.
 */
public final class ControlConnection implements ConnectionOwner {

  private static final Logger LOG = LoggerFactory.getLogger(ControlConnection.class);

  /** Two control connections in a row are begun at least so far apart. */
  private static final long SETTLED_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  /** A cluster that comes back is found this soon, however long it was away; faults A17. */
  private static final long MAX_DELAY_MILLIS = TimeUnit.SECONDS.toMillis(10);

  private final EventLoop loop;
  private final Connector connector;
  private final Deadlines deadlines;
  private final ControlConfig config;
  private final Supplier<ClusterState> state;
  private final Supplier<ProtocolVersion> version;
  private final ClusterListener listener;
  private final TopologyBuilder builder;
  private final ContactPoints contactPoints;
  private final OpeningSteps opening = new OpeningSteps();
  private final OneTimer retry;
  private final RefreshTimer refresh;
  private final ControlRenewal renewal;
  private final Complaints complaints;

  private @Nullable Connection connection;
  private ReconnectionPolicy.@Nullable Schedule schedule;
  private @Nullable Node asked;
  private @Nullable ClusterReading reader;
  private boolean connecting;
  private boolean pausing; // No node took it: it waits for the next try.
  private boolean reading;
  private boolean closed;
  private boolean settled;
  private long settledNanos;
  private @Nullable String lostEndpoint;
  private @Nullable String preferred;
  private ControlRoute route;
  private @Nullable Completable<Void> firstTry;

  /**
   * @param state gives what is known of the cluster so far
   * @param version gives the version that was negotiated
   */
  public ControlConnection(
      EventLoop loop,
      Connector connector,
      Deadlines deadlines,
      ControlConfig config,
      Supplier<ClusterState> state,
      Supplier<ProtocolVersion> version,
      ContactPoints contactPoints,
      ClusterListener listener) {
    this.loop = loop;
    this.connector = connector;
    this.deadlines = deadlines;
    this.config = config;
    this.state = state;
    this.version = version;
    this.listener = listener;
    this.builder = new TopologyBuilder();
    this.contactPoints = contactPoints;
    this.retry = new OneTimer(loop, this::connect);
    this.refresh = new RefreshTimer(loop, this::read, config.refresh());
    this.renewal = new ControlRenewal(loop, this);
    this.complaints = new Complaints(LOG, deadlines::nanoTime);
    this.route = new ControlRoute(state.get().topology(), contactPoints, null, null);
  }

  /**
   * Begins to follow the cluster.
   *
   * @param first the node to begin with: one that has taken a connection already
   * @param done completed when the cluster was read, or when every node has refused: it is then
   *     tried again without end
   */
  public void start(Node first, Completable<Void> done) {
    firstTry = done;
    preferred = first.endpoint();
    connect();
  }

  /** Closes the connection and opens no other. */
  public void close() {
    assert loop.inEventLoop();
    closed = true;
    retry.cancel();
    refresh.close();
    renewal.close();
    opening.abort();
    if (connection != null) {
      connection.close("the session is closed");
    }
  }

  /** Connects now instead of at the end of the present pause: a node has been reached. */
  public void retryNow() {
    if (pausing) {
      retry.cancel();
      connect();
    }
  }

  /** Asks for a sign of life when it is this node that is followed. */
  public void probe(Node node) {
    if (connection != null && connection.endpoint().equals(node.endpoint())) {
      connection.probe();
    }
  }

  /** Replaces the connection by one with the keys of now, after this time; 0 leaves it. */
  public void renew(long afterNanos) {
    renewal.start(afterNanos);
  }

  /** Returns the connection when nothing is asked on it, else null. */
  @Nullable Connection idle() {
    Connection present = connection;
    return present != null && settled && !reading && present.inFlight() == 0 ? present : null;
  }

  /** Opens one more connection to the node that is followed. */
  Opening openAgain(Completable<Connection> done) {
    return open(Objects.requireNonNull(asked, "there is a connection"), done);
  }

  /** Goes on with a connection that was opened to the node that is followed. */
  void replace(Connection opened) {
    settled = false;
    route = new ControlRoute(state.get().topology(), contactPoints, null, null);
    begin(opened, Objects.requireNonNull(asked, "there was a connection"));
  }

  /** Reads the cluster again soon; many calls are one reading. */
  public void refreshSoon() {
    refresh.soon();
  }

  private void connect() {
    if (closed || connecting || connection != null) {
      return;
    }
    connecting = true;
    pausing = false;
    route = new ControlRoute(state.get().topology(), contactPoints, preferred, lostEndpoint);
    preferred = null;
    tryNext(null);
  }

  private void tryNext(@Nullable Throwable lastFailure) {
    if (closed) {
      return; // No name is looked up any more.
    }
    route.next(
        next -> {
          if (closed || next == null) {
            connecting = false;
            onNoNode(lastFailure);
          } else {
            connectTo(next);
          }
        },
        failure -> complaints.warn("names", String.valueOf(failure.getMessage())));
  }

  private void connectTo(Node next) {
    opening.next(
        () ->
            open(
                next,
                (opened, failure) -> {
                  if (failure != null) {
                    tryNext(failure);
                  } else if (closed) {
                    opened.close("the session is closed");
                  } else {
                    begin(opened, next);
                  }
                }));
  }

  private Opening open(Node node, Completable<Connection> done) {
    return connector.connect(
        new Connector.Target(
            node.address(), node.endpoint(), null, config.connection(), null, this),
        version.get(),
        done);
  }

  /**
   * Events first, then the tables: what changes in between is announced. Where anything fails the
   * connection is closed, and its loss leads to the next try.
   */
  private void begin(Connection opened, Node at) {
    connection = opened;
    asked = at;
    reader = new ClusterReading(loop, opened, deadlines, config, contactPoints);
    connecting = false;
    Registration.send(
        opened,
        deadlines,
        (registered, failure) -> {
          if (closed) {
            return;
          }
          if (failure != null) {
            complaints.warn(
                at.endpoint(),
                "Events of %s cannot be had: %s".formatted(at, failure.getMessage()));
            opened.close("REGISTER failed");
          } else {
            read();
          }
        });
  }

  private void read() {
    Connection current = connection;
    Node at = asked;
    ClusterReading reader = this.reader;
    if (current == null || at == null || reader == null || reading) {
      return;
    }
    reading = true;
    refresh.onBegin();
    reader.read(
        nodes -> onNodes(current, at, nodes),
        (answer, failure) -> onRead(current, at, answer, failure));
  }

  /**
   * A session that opens need not wait for the ring: any node of the cluster takes its requests.
   */
  private void onNodes(Connection from, Node at, ClusterAnswer nodes) {
    if (!closed && from == connection && state.get().topology().clusterName().isEmpty()) {
      listener.onCluster(builder.build(state.get(), at, nodes));
      completeFirstTry();
    }
  }

  private void onRead(
      Connection from, Node at, @Nullable ClusterAnswer answer, @Nullable Throwable failure) {
    if (closed || from != connection) {
      return;
    }
    reading = false;
    if (answer == null) {
      complaints.warn(
          from.endpoint(),
          "The cluster could not be read from %s: %s"
              .formatted(from.endpoint(), failure == null ? "" : failure.getMessage()));
      from.close("its tables could not be read");
      return;
    }
    String known = state.get().topology().clusterName();
    String told = answer.reading().clusterName();
    if (!known.isEmpty() && !known.equals(told)) {
      complaints.warn(
          from.endpoint(),
          "%s belongs to cluster '%s', not to '%s'".formatted(from.endpoint(), told, known));
      from.close("it belongs to another cluster");
      return;
    }
    boolean recovered = schedule != null;
    schedule = null;
    lostEndpoint = null;
    boolean isNew = !settled;
    if (isNew) {
      settled = true;
      settledNanos = deadlines.nanoTime();
    }
    // Built here and not before: what the connections said of the nodes meanwhile must stay.
    listener.onCluster(builder.build(state.get(), at, answer));
    if (recovered) {
      listener.onRecovered();
    }
    if (isNew) {
      listener.onControlConnection(from);
    }
    completeFirstTry();
    refresh.onRead();
  }

  private void onNoNode(@Nullable Throwable lastFailure) {
    if (closed) {
      return;
    }
    completeFirstTry();
    if (schedule == null) {
      schedule = config.reconnection().newSchedule();
    }
    long delayMillis = Math.min(schedule.nextDelayMillis(), MAX_DELAY_MILLIS);
    LOG.debug(
        "No node takes the control connection, next try in %s ms: %s"
            .formatted(delayMillis, lastFailure == null ? "" : lastFailure.getMessage()));
    pausing = true;
    retry.plan(TimeUnit.MILLISECONDS.toNanos(delayMillis));
  }

  private void completeFirstTry() {
    if (firstTry != null) {
      Completable<Void> done = firstTry;
      firstTry = null;
      done.succeed();
    }
  }

  @Override
  public void onEvent(Connection from, Event event) {
    if (from != connection) {
      return;
    }
    if (event instanceof Event.StatusChange status) {
      onStatus(status);
    } else if (event instanceof Event.SchemaEvent schema) {
      listener.onSchemaChange(schema.change());
      refreshSoon();
    } else if (event instanceof Event.TopologyChange) {
      refreshSoon();
    }
  }

  private void onStatus(Event.StatusChange status) {
    String endpoint = Addresses.endpointOf(status.address());
    Node known = state.get().topology().node(endpoint);
    if (known == null) {
      // Unknown, or announced under an address that is translated: the tables tell.
      refreshSoon();
    } else if (status.change().equals("UP")) {
      listener.onNodeUp(known);
    } else if (status.change().equals("DOWN")) {
      listener.onNodeDown(known);
    }
  }

  @Override
  public void onClosed(Connection lost, CqlException reason) {
    if (lost != connection) {
      return;
    }
    connection = null;
    reading = false;
    if (closed) {
      return;
    }
    if (!settled) {
      // This one was of no use: the others of this round are still to be tried.
      connecting = true;
      tryNext(reason);
      return;
    }
    settled = false;
    lostEndpoint = lost.endpoint();
    long lived = deadlines.nanoTime() - settledNanos;
    if (lived >= SETTLED_NANOS) {
      connect();
    } else {
      // Nodes that hang up on every connection are not stormed.
      retry.plan(SETTLED_NANOS - lived);
    }
  }

  @Override
  public void onRetired(Connection retired) {
    retired.close("an answer on the control connection was damaged");
  }

  @Override
  public void onAvailable(Connection available) {
    // The control connection has few requests and never asks for room.
  }
}
