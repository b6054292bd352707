package cqloop;

import io.vertx.codegen.annotations.DataObject;
import io.vertx.codegen.json.annotations.JsonGen;
import io.vertx.core.json.JsonObject;
import java.time.Duration;

/** How many connections there are, and how many requests they take. */
@DataObject
@JsonGen(publicConverter = false)
public class PoolOptions {

  /** Default of {@code eventLoops}: no limit. */
  public static final int DEFAULT_EVENT_LOOPS = 0;

  /** Default of {@code connectionsLocal}. */
  public static final int DEFAULT_CONNECTIONS_LOCAL = 1;

  /** Default of {@code connectionsRemote}. */
  public static final int DEFAULT_CONNECTIONS_REMOTE = 1;

  /** Default of {@code maxInFlight}. */
  public static final int DEFAULT_MAX_IN_FLIGHT = 2048;

  /** Default of {@code maxOrphans}. */
  public static final int DEFAULT_MAX_ORPHANS = 256;

  /** Default of {@code maxOrphanAge}: 60 s, the longest that a server itself works on a request. */
  public static final Duration DEFAULT_MAX_ORPHAN_AGE = Duration.ofSeconds(60);

  /** Default of {@code queueSize}. */
  public static final int DEFAULT_QUEUE_SIZE = 8192;

  /** Default of {@code coalesceDelayMicros}: end of the turn. */
  public static final int DEFAULT_COALESCE_DELAY_MICROS = 0;

  /** Default of {@code shardAwarePort}. */
  public static final boolean DEFAULT_SHARD_AWARE_PORT = true;

  static final OptionKeys KEYS =
      OptionKeys.of(PoolOptions.class)
          .booleans("shardAwarePort")
          .ints(
              "eventLoops",
              "connectionsLocal",
              "connectionsRemote",
              "maxInFlight",
              "maxOrphans",
              "queueSize",
              "coalesceDelayMicros")
          .durations("maxOrphanAge");

  private int eventLoops = DEFAULT_EVENT_LOOPS;
  private int connectionsLocal = DEFAULT_CONNECTIONS_LOCAL;
  private int connectionsRemote = DEFAULT_CONNECTIONS_REMOTE;
  private int maxInFlight = DEFAULT_MAX_IN_FLIGHT;
  private int maxOrphans = DEFAULT_MAX_ORPHANS;
  private Duration maxOrphanAge = DEFAULT_MAX_ORPHAN_AGE;
  private int queueSize = DEFAULT_QUEUE_SIZE;
  private int coalesceDelayMicros = DEFAULT_COALESCE_DELAY_MICROS;
  private boolean shardAwarePort = DEFAULT_SHARD_AWARE_PORT;

  /** Options with their defaults. */
  public PoolOptions() {}

  /** A copy. */
  public PoolOptions(PoolOptions other) {
    this.eventLoops = other.eventLoops;
    this.connectionsLocal = other.connectionsLocal;
    this.connectionsRemote = other.connectionsRemote;
    this.maxInFlight = other.maxInFlight;
    this.maxOrphans = other.maxOrphans;
    this.maxOrphanAge = other.maxOrphanAge;
    this.queueSize = other.queueSize;
    this.coalesceDelayMicros = other.coalesceDelayMicros;
    this.shardAwarePort = other.shardAwarePort;
  }

  /**
   * Options from JSON.
   *
   * @throws cqloop.error.InvalidOptions when a key is not known or its value is wrong
   */
  public PoolOptions(JsonObject json) {
    KEYS.read(json, checked -> PoolOptionsConverter.fromJson(checked, this));
  }

  /** Returns these options as JSON. */
  public JsonObject toJson() {
    JsonObject json = new JsonObject();
    PoolOptionsConverter.toJson(this, json);
    return json;
  }

  /** Returns on how many event loops connections may be opened; 0 for no limit. */
  public int getEventLoops() {
    return eventLoops;
  }

  /**
   * Sets on how many event loops connections may be opened. Every event loop that uses the session
   * opens its own, so sockets = event loops × nodes × connections (or shards). Loops beyond this
   * limit share the connections of another loop, at the price of two hops for each request. Default
   * 0, which means no limit; range 0 to 1024; per session.
   *
   * @throws IllegalArgumentException when it is out of range
   */
  public PoolOptions setEventLoops(int eventLoops) {
    this.eventLoops = OptionRange.within("eventLoops", eventLoops, 0, 1024);
    return this;
  }

  /** Returns how many connections an event loop opens to a node of the local data centre. */
  public int getConnectionsLocal() {
    return connectionsLocal;
  }

  /**
   * Sets how many connections an event loop opens to a node of the local data centre. To a node
   * with shards it opens at least one for each shard. Default 1; range 1 to 1024; per session.
   *
   * @throws IllegalArgumentException when it is out of range
   */
  public PoolOptions setConnectionsLocal(int connectionsLocal) {
    this.connectionsLocal = OptionRange.within("connectionsLocal", connectionsLocal, 1, 1024);
    return this;
  }

  /** Returns how many connections an event loop opens to a node of another data centre. */
  public int getConnectionsRemote() {
    return connectionsRemote;
  }

  /**
   * Sets how many connections an event loop opens to a node of another data centre, where the load
   * balancing policy uses those at all. Default 1; range 1 to 1024; per session.
   *
   * @throws IllegalArgumentException when it is out of range
   */
  public PoolOptions setConnectionsRemote(int connectionsRemote) {
    this.connectionsRemote = OptionRange.within("connectionsRemote", connectionsRemote, 1, 1024);
    return this;
  }

  /** Returns how many requests one connection may have in flight. */
  public int getMaxInFlight() {
    return maxInFlight;
  }

  /**
   * Sets how many requests one connection may have in flight; further ones go to another connection
   * or node, or wait. Default 2048; range 1 to 32767, for one stream id is kept for heartbeats; per
   * session.
   *
   * @throws IllegalArgumentException when it is out of range
   */
  public PoolOptions setMaxInFlight(int maxInFlight) {
    this.maxInFlight = OptionRange.within("maxInFlight", maxInFlight, 1, 32_767);
    return this;
  }

  /** Returns how many given-up requests one connection may still wait for. */
  public int getMaxOrphans() {
    return maxOrphans;
  }

  /**
   * Sets how many given-up requests one connection may still wait for. Their stream ids stay taken
   * until the late answer comes; with more of them the connection is replaced. Must be below {@code
   * maxInFlight}. Default 256; range 0 to 32766; per session.
   *
   * @throws IllegalArgumentException when it is out of range
   */
  public PoolOptions setMaxOrphans(int maxOrphans) {
    this.maxOrphans = OptionRange.within("maxOrphans", maxOrphans, 0, 32_766);
    return this;
  }

  /** Returns how old a given-up request may get before its connection is replaced. */
  public Duration getMaxOrphanAge() {
    return maxOrphanAge;
  }

  /**
   * Sets how long one connection may wait for the answer to a given-up request. When the oldest is
   * that old, or up to a quarter older, the answer counts as lost: the connection takes no new
   * requests, ends when those in flight have ended, and is replaced; 0 for no limit. Default 60 s;
   * per session.
   *
   * @throws IllegalArgumentException when it is negative
   */
  public PoolOptions setMaxOrphanAge(Duration maxOrphanAge) {
    this.maxOrphanAge = OptionRange.notNegative("maxOrphanAge", maxOrphanAge);
    return this;
  }

  /** Returns how many requests may wait for a connection on one event loop. */
  public int getQueueSize() {
    return queueSize;
  }

  /**
   * Sets how many requests may wait for a connection on one event loop; the next one fails at once
   * with {@link cqloop.error.RequestQueueFull}. Default 8192; range 0 (never wait) to 1048576; per
   * session.
   *
   * @throws IllegalArgumentException when it is out of range
   */
  public PoolOptions setQueueSize(int queueSize) {
    this.queueSize = OptionRange.within("queueSize", queueSize, 0, 1 << 20);
    return this;
  }

  /** Returns how long writes are gathered before they are sent, in microseconds. */
  public int getCoalesceDelayMicros() {
    return coalesceDelayMicros;
  }

  /**
   * Sets how long writes are gathered before they are sent in one system call, in microseconds:
   * JSON could not carry them as a duration. 0 sends at the end of each turn of the event loop,
   * which gathers all that was written in it. Default 0; range 0 to 100000; per session.
   *
   * @throws IllegalArgumentException when it is out of range
   */
  public PoolOptions setCoalesceDelayMicros(int coalesceDelayMicros) {
    this.coalesceDelayMicros =
        OptionRange.within("coalesceDelayMicros", coalesceDelayMicros, 0, 100_000);
    return this;
  }

  /** Returns these options as text; values that look like secrets are hidden. */
  @Override
  public String toString() {
    return OptionText.of(this, toJson());
  }

  /** Tells whether the shard-aware port of ScyllaDB is used. */
  public boolean isShardAwarePort() {
    return shardAwarePort;
  }

  /**
   * Sets whether connections to a certain shard of a ScyllaDB node are made at its shard-aware port
   * (19042, with TLS 19142), where the local port decides the shard. Without it, and behind address
   * translation, connections are opened at the usual port until the node has given one to each
   * shard. Default true; per session.
   */
  public PoolOptions setShardAwarePort(boolean shardAwarePort) {
    this.shardAwarePort = shardAwarePort;
    return this;
  }
}
