package cqloop;

import io.vertx.codegen.annotations.DataObject;
import io.vertx.codegen.json.annotations.JsonGen;
import io.vertx.core.json.JsonObject;
import java.time.Duration;

/**
 * What all requests of a session have in common, whatever their profile: prepared statements, write
 * timestamps, and how the server's own trace of a request is read. The tracing of Vert.x is another
 * thing: see {@link CqlOptions#setTracingPolicy}.
 */
@DataObject
@JsonGen(publicConverter = false)
public class RequestOptions {

  /** Default of {@code autoPrepare}. */
  public static final boolean DEFAULT_AUTO_PREPARE = false;

  /** Default of {@code callerStack}. */
  public static final boolean DEFAULT_CALLER_STACK = false;

  /** Default of {@code prepareOnAllNodes}. */
  public static final boolean DEFAULT_PREPARE_ON_ALL_NODES = true;

  /** Default of {@code preparedCacheSize}. */
  public static final int DEFAULT_PREPARED_CACHE_SIZE = 10_000;

  /** Default of {@code traceMaxWait}: 15 ms. */
  public static final Duration DEFAULT_TRACE_MAX_WAIT = Duration.ofMillis(15);

  /** Default of {@code traceRetryWait}: 3 ms. */
  public static final Duration DEFAULT_TRACE_RETRY_WAIT = Duration.ofMillis(3);

  /** Default of {@code traceConsistency}: ONE. */
  public static final Consistency DEFAULT_TRACE_CONSISTENCY = Consistency.ONE;

  static final OptionKeys KEYS =
      OptionKeys.of(RequestOptions.class)
          .booleans("autoPrepare", "callerStack", "prepareOnAllNodes")
          .ints("preparedCacheSize")
          .durations("traceMaxWait", "traceRetryWait")
          .constants(Consistency.class, "traceConsistency")
          .objects("timestampGenerator", "throttle");

  private boolean autoPrepare = DEFAULT_AUTO_PREPARE;
  private boolean callerStack = DEFAULT_CALLER_STACK;
  private boolean prepareOnAllNodes = DEFAULT_PREPARE_ON_ALL_NODES;
  private int preparedCacheSize = DEFAULT_PREPARED_CACHE_SIZE;
  private Duration traceMaxWait = DEFAULT_TRACE_MAX_WAIT;
  private Duration traceRetryWait = DEFAULT_TRACE_RETRY_WAIT;
  private Consistency traceConsistency = DEFAULT_TRACE_CONSISTENCY;
  private PolicyOptions timestampGenerator = new PolicyOptions("monotonic");
  private PolicyOptions throttle = new PolicyOptions("none");

  /** Options with their defaults. */
  public RequestOptions() {}

  /** A copy. */
  public RequestOptions(RequestOptions other) {
    this.autoPrepare = other.autoPrepare;
    this.callerStack = other.callerStack;
    this.prepareOnAllNodes = other.prepareOnAllNodes;
    this.preparedCacheSize = other.preparedCacheSize;
    this.traceMaxWait = other.traceMaxWait;
    this.traceRetryWait = other.traceRetryWait;
    this.traceConsistency = other.traceConsistency;
    this.timestampGenerator = new PolicyOptions(other.timestampGenerator);
    this.throttle = new PolicyOptions(other.throttle);
  }

  /**
   * Options from JSON.
   *
   * @throws cqloop.error.InvalidOptions when a key is not known or its value is wrong
   */
  public RequestOptions(JsonObject json) {
    KEYS.read(json, checked -> RequestOptionsConverter.fromJson(checked, this));
  }

  /** Returns these options as JSON. */
  public JsonObject toJson() {
    JsonObject json = new JsonObject();
    RequestOptionsConverter.toJson(this, json);
    return json;
  }

  /** Tells whether simple statements that have values are prepared and bound by the session. */
  public boolean isAutoPrepare() {
    return autoPrepare;
  }

  /**
   * Sets whether the session prepares a {@link SimpleStatement} that has values, once, and binds
   * its values each time. They are then checked against the CQL types, may be anything that a codec
   * takes for them, and lead to a replica without {@code withKeyIndices}, which is not looked at;
   * names without a value stay unset. The first execution of a text takes a round trip more, within
   * the timeout of the statement each. For texts that are few: each takes a place in the cache of
   * prepared statements. Batches are not touched. Default false; per session.
   */
  public RequestOptions setAutoPrepare(boolean autoPrepare) {
    this.autoPrepare = autoPrepare;
    return this;
  }

  /** Tells whether failures of requests have the stack trace of the call that made them. */
  public boolean isCallerStack() {
    return callerStack;
  }

  /**
   * Sets whether the failure of a request has the stack trace of the call that made it, so that a
   * log leads to that line. Every request then takes its stack, failed or not, which costs some
   * microseconds, more where it is deep: for development, and for hunting. Default false; per
   * session.
   */
  public RequestOptions setCallerStack(boolean callerStack) {
    this.callerStack = callerStack;
    return this;
  }

  /** Tells whether a statement is prepared on every node at once. */
  public boolean isPrepareOnAllNodes() {
    return prepareOnAllNodes;
  }

  /**
   * Sets whether a statement, once one node has prepared it, is prepared on all other nodes that
   * may be used. Else each node prepares it when it first meets it, which costs that request a
   * round trip more. Default true; per session.
   */
  public RequestOptions setPrepareOnAllNodes(boolean prepareOnAllNodes) {
    this.prepareOnAllNodes = prepareOnAllNodes;
    return this;
  }

  /** Returns how many prepared statements the session remembers. */
  public int getPreparedCacheSize() {
    return preparedCacheSize;
  }

  /**
   * Sets how many prepared statements the session remembers by their text; the ones not used for
   * longest go first. Default 10000; range 1 to 1000000; per session.
   *
   * @throws IllegalArgumentException when it is out of range
   */
  public RequestOptions setPreparedCacheSize(int preparedCacheSize) {
    this.preparedCacheSize =
        OptionRange.within("preparedCacheSize", preparedCacheSize, 1, 1_000_000);
    return this;
  }

  /** Returns how long to wait for the trace of a request to be written. */
  public Duration getTraceMaxWait() {
    return traceMaxWait;
  }

  /**
   * Sets how long to wait for the trace of a request: the server writes it after the answer. The
   * answer itself does not wait. Default 15 ms, which finds traces of quick requests on quick
   * clusters; above 0; per session.
   *
   * @throws IllegalArgumentException when it is not above 0
   */
  public RequestOptions setTraceMaxWait(Duration traceMaxWait) {
    this.traceMaxWait = OptionRange.positive("traceMaxWait", traceMaxWait);
    return this;
  }

  /** Returns the pause between two looks at a trace that is not complete. */
  public Duration getTraceRetryWait() {
    return traceRetryWait;
  }

  /**
   * Sets the pause between two looks at a trace that is not complete. Default 3 ms; above 0; per
   * session.
   *
   * @throws IllegalArgumentException when it is not above 0
   */
  public RequestOptions setTraceRetryWait(Duration traceRetryWait) {
    this.traceRetryWait = OptionRange.positive("traceRetryWait", traceRetryWait);
    return this;
  }

  /** Returns the traceConsistency that traces are read with. */
  public Consistency getTraceConsistency() {
    return traceConsistency;
  }

  /** Sets the traceConsistency that traces are read with. Default ONE; per session. */
  public RequestOptions setTraceConsistency(Consistency traceConsistency) {
    this.traceConsistency = traceConsistency;
    return this;
  }

  /** Returns what gives writes their timestamp. */
  public PolicyOptions getTimestampGenerator() {
    return timestampGenerator;
  }

  /**
   * Sets what gives writes their timestamp. Default {@code monotonic}: the client, each later than
   * the last; per session.
   */
  public RequestOptions setTimestampGenerator(PolicyOptions timestampGenerator) {
    this.timestampGenerator = timestampGenerator;
    return this;
  }

  /** Returns what holds requests back that come too fast. */
  public PolicyOptions getThrottle() {
    return throttle;
  }

  /**
   * Sets what holds requests back that come too fast, on each event loop for itself. Default {@code
   * none}: nothing but the queues of the pools; per session.
   */
  public RequestOptions setThrottle(PolicyOptions throttle) {
    this.throttle = throttle;
    return this;
  }

  /** Returns these options as text; values that look like secrets are hidden. */
  @Override
  public String toString() {
    return OptionText.of(this, toJson());
  }
}
