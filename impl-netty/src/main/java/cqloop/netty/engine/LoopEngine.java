package cqloop.netty.engine;

import cqloop.DerivedProfile;
import cqloop.ProtocolVersion;
import cqloop.error.CqlException;
import cqloop.metadata.Node;
import cqloop.metadata.Topology;
import cqloop.netty.conn.Connection;
import cqloop.netty.conn.Connector;
import cqloop.netty.conn.NodeLoads;
import cqloop.netty.loop.Deadlines;
import cqloop.netty.message.Event;
import cqloop.netty.pool.NodePool;
import cqloop.netty.pool.PoolListener;
import cqloop.netty.pool.PoolSize;
import cqloop.netty.pool.ShardTable;
import cqloop.netty.pool.WaitingRoom;
import cqloop.spi.NodeDistance;
import cqloop.spi.Throttle;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Loop-owned. What one event loop owns of a session: one pool per node, its policies, its
 * deadlines. Empty until the first request of the loop.
 */
public final class LoopEngine implements PoolListener {

  private final EventLoop loop;
  private final EngineConfig config;
  private final SharedState shared;
  private final EngineListener listener;
  private final Deadlines deadlines;
  private final Connector connector;
  private final PacedSource opener;
  private final NodePools pools;
  private final NodeLoads loads = new NodeLoads();
  private final WaitingRoom room;
  private final LoopMetrics metrics;
  private final SchemaChanges schemaChanges;
  private final TabletLearner tablets;
  private final Routing routing = new Routing(this);
  private final LoopProfiles profiles;
  private volatile @Nullable Admissions admissions;
  private final Renewal renewal;
  private final Repreparations repreparations = new Repreparations();
  private boolean started;
  private boolean closed;

  public LoopEngine(
      EventLoop loop, EngineConfig config, SharedState shared, EngineListener listener) {
    this.loop = loop;
    this.config = config;
    this.shared = shared;
    this.listener = listener;
    this.profiles = new LoopProfiles(config.policies(), loop);
    this.deadlines = new Deadlines(loop);
    this.schemaChanges = new SchemaChanges(this, listener);
    this.tablets = new TabletLearner(this, listener);
    this.metrics = new LoopMetrics(deadlines.nanoTime());
    this.renewal = new Renewal(loop);
    this.connector = new Connector(loop, config.transport(), deadlines);
    NodeVerifier verifier =
        new NodeVerifier(
            config.verifyHostId(), deadlines, shared, node -> listener.onWrongNode(this, node));
    this.pools = new NodePools(this::newPool, config::connections, verifier);
    this.opener =
        new PacedSource(
            loop,
            new ConnectionOpener(
                connector,
                config.connection(),
                shared,
                verifier,
                version -> listener.onOtherVersion(this, version),
                metrics),
            this::onOpeningEnded);
    this.room = new WaitingRoom(config.queueSize());
  }

  /** Returns a profile by its index, with what a statement changes of it; starts the engine. */
  public LoopProfile profile(int index, @Nullable DerivedProfile own) {
    assert loop.inEventLoop();
    if (!started) {
      start();
    }
    return own == null ? profiles.get(index) : profiles.derived(index, own, shared.topology());
  }

  /** Returns the profiles of the session; empty before the start. */
  public List<LoopProfile> profiles() {
    return profiles.all();
  }

  /** Replaces all profiles at once, and lets their policies look at the cluster. */
  public void setProfiles(List<LoopProfile> newer) {
    if (started) {
      profiles.replace(newer);
      onTopology(shared.topology());
    }
  }

  /** Returns the pool of a node, or null when no policy uses the node. */
  public @Nullable NodePool pool(Node node) {
    return pools.of(node);
  }

  /** Returns how many requests run on each node. */
  public NodeLoads loads() {
    return loads;
  }

  /** Tells how many connections each node has; any thread: the pools are replaced whole. */
  public void countConnections(BiConsumer<Node, PoolSize> counts) {
    pools.countConnections(counts);
  }

  /** Returns every open connection. */
  public List<Connection> connections() {
    return pools.connections();
  }

  /** Returns a connection to each near node that has one with room. */
  public List<Connection> nearConnections() {
    List<Connection> all = new ArrayList<>();
    for (NodePool pool : pools.all()) {
      Connection connection =
          pool == null || profiles.nearest(pool.node()) != NodeDistance.LOCAL ? null : pool.pick();
      if (connection != null) {
        all.add(connection);
      }
    }
    return all;
  }

  /** Returns what follows when a request has changed the schema. */
  public SchemaChanges schemaChanges() {
    return schemaChanges;
  }

  /** Returns what reads the tablets that nodes tell of. */
  public TabletLearner tablets() {
    return tablets;
  }

  public EventLoop loop() {
    return loop;
  }

  /** Returns the description of requests for policies, to be filled in for the one at hand. */
  public Routing routing() {
    return routing;
  }

  /** Returns what opens connections on this loop. */
  public Connector connector() {
    return connector;
  }

  public Deadlines deadlines() {
    return deadlines;
  }

  /** Returns what the requests of this loop came to; any thread. */
  public LoopMetrics metrics() {
    return metrics;
  }

  /** Returns what prepares again what nodes have forgotten. */
  public Repreparations repreparations() {
    return repreparations;
  }

  public WaitingRoom room() {
    return room;
  }

  public EngineConfig config() {
    return config;
  }

  public SharedState shared() {
    return shared;
  }

  /** Returns who may begin, or null when every request may. */
  public @Nullable Admissions admissions() {
    return admissions;
  }

  public boolean isClosed() {
    return closed;
  }

  /** Counts a request that begins. */
  public void enter() {
    metrics.running().add(1);
  }

  /** Counts a request that ended. */
  public void leave() {
    metrics.running().add(-1);
    if (running() == 0 && closed) {
      closePools();
      listener.onIdle(this);
    }
  }

  /** Returns how many requests have begun and not ended. */
  public int running() {
    return (int) metrics.running().get();
  }

  /** Creates the policies and begins to connect. */
  public void start() {
    assert loop.inEventLoop();
    if (started || closed) {
      return;
    }
    profiles.create();
    Throttle throttle = config.policies().throttle(loop);
    admissions = throttle == Throttle.NONE ? null : new Admissions(throttle, loop);
    started = true;
    onTopology(shared.topology());
  }

  /** Takes a newer view of the cluster: opens pools for new nodes and closes those of lost ones. */
  public void onTopology(Topology topology) {
    assert loop.inEventLoop();
    if (!started || closed) {
      return;
    }
    profiles.onTopology(topology);
    pools.update(topology, profiles::nearest);
  }

  /** Replaces every connection, one after the other, over this time; 0 leaves them. */
  public void renewConnections(long overNanos) {
    assert loop.inEventLoop();
    renewal.stop();
    if (overNanos > 0 && !closed) {
      renewal.start(pools.all(), overNanos);
    }
  }

  /** The cluster says that the node is up. */
  public void onNodeUp(Node node) {
    NodePool pool = pool(node);
    if (pool != null) {
      pool.retryNow();
    }
  }

  /** There is reason to hope, or need: nodes that wait to be tried are tried now. */
  public void retryNow() {
    for (NodePool pool : pools.all()) {
      if (pool != null) {
        pool.retryNow();
      }
    }
  }

  /** The session speaks another version from now on: connections of the one before are replaced. */
  public void onVersion(ProtocolVersion version) {
    for (NodePool pool : pools.all()) {
      if (pool != null) {
        pool.replaceAllBut(version);
      }
    }
  }

  /** The cluster says that the node is down: what is open shows whether that is so. */
  public void onNodeDown(Node node) {
    NodePool pool = pool(node);
    if (pool != null) {
      pool.probe();
    }
  }

  /** Refuses new requests and closes the pools when the last running request has ended. */
  public void closeWhenIdle() {
    assert loop.inEventLoop();
    closed = true;
    boolean idle = running() == 0;
    if (admissions != null) {
      admissions.close();
    }
    if (idle) {
      closePools();
      listener.onIdle(this);
    }
  }

  /** Closes the pools now: requests that run fail. */
  public void closeNow() {
    assert loop.inEventLoop();
    closed = true;
    if (admissions != null) {
      admissions.close();
    }
    closePools();
  }

  @Override
  public void onUp(Node node) {
    listener.onUp(this, node);
  }

  @Override
  public void onDown(Node node, CqlException reason) {
    listener.onDown(this, node, reason);
  }

  @Override
  public void onSuspected(Node node) {
    listener.onSuspected(this, node);
  }

  @Override
  public void onEvent(Connection connection, Event event) {
    listener.onEvent(this, connection, event);
  }

  private NodePool newPool(Node node, int size) {
    return new NodePool(
        loop,
        node,
        new ShardTable(size, config.shardPorts()),
        opener,
        config.reconnection(),
        room,
        loads,
        this);
  }

  private void closePools() {
    renewal.stop();
    pools.close();
    deadlines.stopWhenEmpty();
  }

  private void onOpeningEnded() {
    if (closed) {
      deadlines.stopWhenEmpty();
    }
  }
}
