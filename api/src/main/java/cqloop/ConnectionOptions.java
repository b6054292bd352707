package cqloop;

import io.vertx.codegen.annotations.DataObject;
import io.vertx.codegen.json.annotations.JsonGen;
import io.vertx.core.json.JsonObject;
import java.time.Duration;

/** How nodes are reached: how connections are opened, kept alive and given up. */
@DataObject
@JsonGen(publicConverter = false)
public class ConnectionOptions {

  /** Default of {@code connectTimeout}: 5 s. */
  public static final Duration DEFAULT_CONNECT_TIMEOUT = Duration.ofSeconds(5);

  /** Default of {@code handshakeTimeout}: 5 s. */
  public static final Duration DEFAULT_HANDSHAKE_TIMEOUT = Duration.ofSeconds(5);

  /** Default of {@code resolveTimeout}: 2 s. */
  public static final Duration DEFAULT_RESOLVE_TIMEOUT = Duration.ofSeconds(2);

  /** Default of {@code heartbeatInterval}: 30 s. */
  public static final Duration DEFAULT_HEARTBEAT_INTERVAL = Duration.ofSeconds(30);

  /** Default of {@code idleTimeout}: 60 s. */
  public static final Duration DEFAULT_IDLE_TIMEOUT = Duration.ofSeconds(60);

  /** Default of {@code randomizeContactPoints}. */
  public static final boolean DEFAULT_RANDOMIZE_CONTACT_POINTS = true;

  /** Default of {@code hostnameResolution}. */
  public static final boolean DEFAULT_HOSTNAME_RESOLUTION = false;

  /** Default of {@code reconnectOnInit}. */
  public static final boolean DEFAULT_RECONNECT_ON_INIT = false;

  /** Default of {@code verifyHostId}. */
  public static final boolean DEFAULT_VERIFY_HOST_ID = true;

  /** Default of {@code closeTimeout}: 10 s. */
  public static final Duration DEFAULT_CLOSE_TIMEOUT = Duration.ofSeconds(10);

  static final OptionKeys KEYS =
      OptionKeys.of(ConnectionOptions.class)
          .durations("connectTimeout", "handshakeTimeout", "resolveTimeout", "closeTimeout")
          .durations("heartbeatInterval", "idleTimeout")
          .booleans("randomizeContactPoints", "hostnameResolution", "reconnectOnInit")
          .booleans("verifyHostId")
          .objects("addressTranslator", "reconnection", "tcp");

  private Duration connectTimeout = DEFAULT_CONNECT_TIMEOUT;
  private Duration handshakeTimeout = DEFAULT_HANDSHAKE_TIMEOUT;
  private Duration resolveTimeout = DEFAULT_RESOLVE_TIMEOUT;
  private Duration heartbeatInterval = DEFAULT_HEARTBEAT_INTERVAL;
  private Duration idleTimeout = DEFAULT_IDLE_TIMEOUT;
  private boolean randomizeContactPoints = DEFAULT_RANDOMIZE_CONTACT_POINTS;
  private boolean hostnameResolution = DEFAULT_HOSTNAME_RESOLUTION;
  private PolicyOptions addressTranslator = new PolicyOptions("identity");
  private PolicyOptions reconnection = new PolicyOptions("exponential");
  private boolean reconnectOnInit = DEFAULT_RECONNECT_ON_INIT;
  private boolean verifyHostId = DEFAULT_VERIFY_HOST_ID;
  private Duration closeTimeout = DEFAULT_CLOSE_TIMEOUT;
  private TcpOptions tcp = new TcpOptions();

  /** Options with their defaults. */
  public ConnectionOptions() {}

  /** A copy. */
  public ConnectionOptions(ConnectionOptions other) {
    this.connectTimeout = other.connectTimeout;
    this.handshakeTimeout = other.handshakeTimeout;
    this.resolveTimeout = other.resolveTimeout;
    this.heartbeatInterval = other.heartbeatInterval;
    this.idleTimeout = other.idleTimeout;
    this.randomizeContactPoints = other.randomizeContactPoints;
    this.hostnameResolution = other.hostnameResolution;
    this.addressTranslator = new PolicyOptions(other.addressTranslator);
    this.reconnection = new PolicyOptions(other.reconnection);
    this.reconnectOnInit = other.reconnectOnInit;
    this.verifyHostId = other.verifyHostId;
    this.closeTimeout = other.closeTimeout;
    this.tcp = new TcpOptions(other.tcp);
  }

  /**
   * Options from JSON.
   *
   * @throws cqloop.error.InvalidOptions when a key is not known or its value is wrong
   */
  public ConnectionOptions(JsonObject json) {
    KEYS.read(json, checked -> ConnectionOptionsConverter.fromJson(checked, this));
  }

  /** Returns these options as JSON. */
  public JsonObject toJson() {
    JsonObject json = new JsonObject();
    ConnectionOptionsConverter.toJson(this, json);
    return json;
  }

  /** Returns how long the socket may take to open. */
  public Duration getConnectTimeout() {
    return connectTimeout;
  }

  /**
   * Sets how long the socket may take to open (TCP). TLS and the start of the protocol have limits
   * of their own: {@code tls.handshakeTimeout} and {@link #setHandshakeTimeout handshakeTimeout}.
   * Default 5 s; above 0; per session.
   *
   * @throws IllegalArgumentException when it is not above 0
   */
  public ConnectionOptions setConnectTimeout(Duration connectTimeout) {
    this.connectTimeout = OptionRange.positive("connectTimeout", connectTimeout);
    return this;
  }

  /** Returns how long a node may take to answer one step of the start of the protocol. */
  public Duration getHandshakeTimeout() {
    return handshakeTimeout;
  }

  /**
   * Sets how long a node may take to answer one step of the start of the protocol, within the
   * connect timeout. Default 5 s; above 0; per session.
   *
   * @throws IllegalArgumentException when it is not above 0
   */
  public ConnectionOptions setHandshakeTimeout(Duration handshakeTimeout) {
    this.handshakeTimeout = OptionRange.positive("handshakeTimeout", handshakeTimeout);
    return this;
  }

  /** Returns how long the look-up of a host name may take. */
  public Duration getResolveTimeout() {
    return resolveTimeout;
  }

  /**
   * Sets how long the look-up of a host name may take. Default 2 s; above 0; per session.
   *
   * @throws IllegalArgumentException when it is not above 0
   */
  public ConnectionOptions setResolveTimeout(Duration resolveTimeout) {
    this.resolveTimeout = OptionRange.positive("resolveTimeout", resolveTimeout);
    return this;
  }

  /** Returns after how long without a byte from the node a heartbeat is sent; 0 for never. */
  public Duration getHeartbeatInterval() {
    return heartbeatInterval;
  }

  /**
   * Sets after how long without a byte from the node a heartbeat is sent. 0 switches heartbeats
   * off, and with them the idle timeout. Default 30 s; per session.
   *
   * @throws IllegalArgumentException when it is negative
   */
  public ConnectionOptions setHeartbeatInterval(Duration heartbeatInterval) {
    this.heartbeatInterval = OptionRange.notNegative("heartbeatInterval", heartbeatInterval);
    return this;
  }

  /** Returns after how long without a byte from the node a connection counts as dead. */
  public Duration getIdleTimeout() {
    return idleTimeout;
  }

  /**
   * Sets after how long without a byte from the node, with a heartbeat unanswered, a connection
   * counts as dead and is closed. Must be above the heartbeat interval; 0 switches it off. Default
   * 60 s; per session.
   *
   * @throws IllegalArgumentException when it is negative
   */
  public ConnectionOptions setIdleTimeout(Duration idleTimeout) {
    this.idleTimeout = OptionRange.notNegative("idleTimeout", idleTimeout);
    return this;
  }

  /** Tells whether the contact points are tried in random order. */
  public boolean isRandomizeContactPoints() {
    return randomizeContactPoints;
  }

  /**
   * Sets whether the contact points are tried in random order, so that not every process starts
   * with the same node. Default true; per session.
   */
  public ConnectionOptions setRandomizeContactPoints(boolean randomizeContactPoints) {
    this.randomizeContactPoints = randomizeContactPoints;
    return this;
  }

  /** Tells whether the names of nodes are looked up from their addresses. */
  public boolean isHostnameResolution() {
    return hostnameResolution;
  }

  /**
   * Sets whether the names of nodes are looked up from their addresses (reverse DNS), for Kerberos
   * and for certificates that hold only names. Who controls that DNS zone controls the answer.
   * Default false; per session.
   */
  public ConnectionOptions setHostnameResolution(boolean hostnameResolution) {
    this.hostnameResolution = hostnameResolution;
    return this;
  }

  /** Returns what turns addresses of nodes into those we reach them at. */
  public PolicyOptions getAddressTranslator() {
    return addressTranslator;
  }

  /**
   * Sets what turns the addresses that nodes tell of each other into those we reach them at.
   * Default {@code identity}; per session.
   */
  public ConnectionOptions setAddressTranslator(PolicyOptions addressTranslator) {
    this.addressTranslator = addressTranslator;
    return this;
  }

  /** Returns the policy of pauses between attempts to connect. */
  public PolicyOptions getReconnection() {
    return reconnection;
  }

  /**
   * Sets the policy of pauses between attempts to connect to a node that is down. Default {@code
   * exponential}; per session.
   */
  public ConnectionOptions setReconnection(PolicyOptions reconnection) {
    this.reconnection = reconnection;
    return this;
  }

  /** Tells whether connect goes on trying when no contact point answers. */
  public boolean isReconnectOnInit() {
    return reconnectOnInit;
  }

  /**
   * Sets whether connect goes on trying when no contact point answers, with the pauses of the
   * reconnection policy, instead of failing. Default false; per session.
   */
  public ConnectionOptions setReconnectOnInit(boolean reconnectOnInit) {
    this.reconnectOnInit = reconnectOnInit;
    return this;
  }

  /** Tells whether every new connection is asked which node it leads to. */
  public boolean isVerifyHostId() {
    return verifyHostId;
  }

  /**
   * Sets whether every new connection is asked for the host id and the cluster of the node behind
   * it, before it takes requests. An address may have been given to another node meanwhile; such a
   * connection fails with {@link cqloop.error.WrongNode}, and the cluster is read again. It costs
   * one small query of {@code system.local} for each connection that is opened. Set it to false
   * where one address stands for many nodes, as with a load balancer. Default true; per session.
   */
  public ConnectionOptions setVerifyHostId(boolean verifyHostId) {
    this.verifyHostId = verifyHostId;
    return this;
  }

  /** Returns how long close waits for requests in flight. */
  public Duration getCloseTimeout() {
    return closeTimeout;
  }

  /**
   * Sets how long close waits for requests in flight; then they fail. 0 does not wait. Default 10
   * s; per session.
   *
   * @throws IllegalArgumentException when it is negative
   */
  public ConnectionOptions setCloseTimeout(Duration closeTimeout) {
    this.closeTimeout = OptionRange.notNegative("closeTimeout", closeTimeout);
    return this;
  }

  /** Returns the options of the sockets. */
  public TcpOptions getTcp() {
    return tcp;
  }

  /** Sets the options of the sockets; per session. */
  public ConnectionOptions setTcp(TcpOptions tcp) {
    this.tcp = tcp;
    return this;
  }

  /** Returns these options as text; values that look like secrets are hidden. */
  @Override
  public String toString() {
    return OptionText.of(this, toJson());
  }
}
