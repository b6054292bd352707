package cqloop;

import io.vertx.codegen.annotations.DataObject;
import io.vertx.codegen.json.annotations.JsonGen;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** The sockets under the connections. */
@DataObject
@JsonGen(publicConverter = false)
public class TcpOptions {

  /** Default of {@code localPortMin}. */
  public static final int DEFAULT_LOCAL_PORT_MIN = 49_152;

  /** Default of {@code localPortMax}. */
  public static final int DEFAULT_LOCAL_PORT_MAX = 65_535;

  /** Default of {@code noDelay}. */
  public static final boolean DEFAULT_NO_DELAY = true;

  /** Default of {@code keepAlive}. */
  public static final boolean DEFAULT_KEEP_ALIVE = true;

  /** Default of {@code keepAliveIdleSeconds}: as the operating system is set. */
  public static final int DEFAULT_KEEP_ALIVE_IDLE_SECONDS = 0;

  /** Default of {@code sendBufferBytes}: the operating system adapts it. */
  public static final int DEFAULT_SEND_BUFFER_BYTES = 0;

  /** Default of {@code receiveBufferBytes}: the operating system adapts it. */
  public static final int DEFAULT_RECEIVE_BUFFER_BYTES = 0;

  static final OptionKeys KEYS =
      OptionKeys.of(TcpOptions.class)
          .texts("localAddress")
          .ints("localPortMin", "localPortMax", "keepAliveIdleSeconds")
          .ints("sendBufferBytes", "receiveBufferBytes")
          .booleans("noDelay", "keepAlive");
  private @Nullable String localAddress;
  private int localPortMin = DEFAULT_LOCAL_PORT_MIN;
  private int localPortMax = DEFAULT_LOCAL_PORT_MAX;
  private boolean noDelay = DEFAULT_NO_DELAY;
  private boolean keepAlive = DEFAULT_KEEP_ALIVE;
  private int keepAliveIdleSeconds = DEFAULT_KEEP_ALIVE_IDLE_SECONDS;
  private int sendBufferBytes = DEFAULT_SEND_BUFFER_BYTES;
  private int receiveBufferBytes = DEFAULT_RECEIVE_BUFFER_BYTES;

  /** Options with their defaults. */
  public TcpOptions() {}

  /** A copy. */
  public TcpOptions(TcpOptions other) {
    this.localAddress = other.localAddress;
    this.localPortMin = other.localPortMin;
    this.localPortMax = other.localPortMax;
    this.noDelay = other.noDelay;
    this.keepAlive = other.keepAlive;
    this.keepAliveIdleSeconds = other.keepAliveIdleSeconds;
    this.sendBufferBytes = other.sendBufferBytes;
    this.receiveBufferBytes = other.receiveBufferBytes;
  }

  /**
   * Options from JSON.
   *
   * @throws cqloop.error.InvalidOptions when a key is not known or its value is wrong
   */
  public TcpOptions(JsonObject json) {
    KEYS.read(json, checked -> TcpOptionsConverter.fromJson(checked, this));
  }

  /** Returns these options as JSON. */
  public JsonObject toJson() {
    JsonObject json = new JsonObject();
    TcpOptionsConverter.toJson(this, json);
    return json;
  }

  /** Returns the local address that connections are bound to, or null. */
  public @Nullable String getLocalAddress() {
    return localAddress;
  }

  /**
   * Sets the local address that connections are bound to, as an IP literal. Default null: the
   * operating system chooses; per session.
   */
  public TcpOptions setLocalAddress(@Nullable String localAddress) {
    this.localAddress = localAddress;
    return this;
  }

  /** Returns the lowest local port of connections. */
  public int getLocalPortMin() {
    return localPortMin;
  }

  /**
   * Sets the lowest local port of connections. The default range is only for connections to a
   * certain shard of a ScyllaDB node, where the local port decides the shard: others get any port
   * of the operating system. With another range every connection keeps to it, and ports in use are
   * passed over. Two sessions in one process should have ranges of their own. Default 49152; range
   * 1024 to 65535, not above the highest; per session.
   *
   * @throws IllegalArgumentException when it is out of range
   */
  public TcpOptions setLocalPortMin(int localPortMin) {
    this.localPortMin = OptionRange.within("localPortMin", localPortMin, 1024, 65_535);
    return this;
  }

  /** Returns the highest local port of connections. */
  public int getLocalPortMax() {
    return localPortMax;
  }

  /**
   * Sets the highest local port of connections, itself included; see {@link #setLocalPortMin}.
   * Default 65535; range 1024 to 65535; per session.
   *
   * @throws IllegalArgumentException when it is out of range
   */
  public TcpOptions setLocalPortMax(int localPortMax) {
    this.localPortMax = OptionRange.within("localPortMax", localPortMax, 1024, 65_535);
    return this;
  }

  /** Tells whether small packets are sent at once. */
  public boolean isNoDelay() {
    return noDelay;
  }

  /** Sets TCP_NODELAY: small packets are sent at once. Default true; per session. */
  public TcpOptions setNoDelay(boolean noDelay) {
    this.noDelay = noDelay;
    return this;
  }

  /** Tells whether the operating system probes idle connections. */
  public boolean isKeepAlive() {
    return keepAlive;
  }

  /** Sets SO_KEEPALIVE: the operating system probes idle connections. Default true; per session. */
  public TcpOptions setKeepAlive(boolean keepAlive) {
    this.keepAlive = keepAlive;
    return this;
  }

  /**
   * Returns after how many idle seconds the first probe is sent; 0 leaves it to the operating
   * system.
   */
  public int getKeepAliveIdleSeconds() {
    return keepAliveIdleSeconds;
  }

  /**
   * Sets after how many idle seconds the first keep-alive probe is sent, where the transport can
   * set it. Default 0: as the operating system is set, often two hours; range 0 to 32767; per
   * session.
   *
   * @throws IllegalArgumentException when it is out of range
   */
  public TcpOptions setKeepAliveIdleSeconds(int keepAliveIdleSeconds) {
    this.keepAliveIdleSeconds =
        OptionRange.within("keepAliveIdleSeconds", keepAliveIdleSeconds, 0, 32_767);
    return this;
  }

  /** Returns the size of the send buffer of a socket; 0 leaves it to the operating system. */
  public int getSendBufferBytes() {
    return sendBufferBytes;
  }

  /**
   * Sets the size of the send buffer of a socket, in bytes. Default 0: the operating system adapts
   * it; range 0 to 67108864; per session.
   *
   * @throws IllegalArgumentException when it is out of range
   */
  public TcpOptions setSendBufferBytes(int sendBufferBytes) {
    this.sendBufferBytes = OptionRange.within("sendBufferBytes", sendBufferBytes, 0, 1 << 26);
    return this;
  }

  /** Returns the size of the receive buffer of a socket; 0 leaves it to the operating system. */
  public int getReceiveBufferBytes() {
    return receiveBufferBytes;
  }

  /**
   * Sets the size of the receive buffer of a socket, in bytes. Default 0: the operating system
   * adapts it; range 0 to 67108864; per session.
   *
   * @throws IllegalArgumentException when it is out of range
   */
  public TcpOptions setReceiveBufferBytes(int receiveBufferBytes) {
    this.receiveBufferBytes =
        OptionRange.within("receiveBufferBytes", receiveBufferBytes, 0, 1 << 26);
    return this;
  }

  /** Returns these options as text; values that look like secrets are hidden. */
  @Override
  public String toString() {
    return OptionText.of(this, toJson());
  }
}
