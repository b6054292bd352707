package cqloop;

import cqloop.metadata.Node;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Value. A request to execute. Each {@code withX} returns a changed copy. What a statement does not
 * set comes from its execution profile, and what that does not set from the default profile.
 *
 * @param <S> the kind of statement that the copies have
 */
public abstract sealed class Statement<S extends Statement<S>>
    permits SimpleStatement, BoundStatement, BatchStatement {

  private final StatementSettings settings;

  Statement(StatementSettings settings) {
    this.settings = settings;
  }

  /** Returns what this statement sets. */
  public final StatementSettings settings() {
    return settings;
  }

  /** Returns a copy with these settings in place of its own. */
  public abstract S withSettings(StatementSettings newSettings);

  /** Sets how many replicas must answer. */
  public final S withConsistency(Consistency consistency) {
    return withSettings(settings.toBuilder().consistency(consistency).build());
  }

  /**
   * Sets the consistency of the Paxos phase of a conditional write: SERIAL or LOCAL_SERIAL.
   *
   * @throws IllegalArgumentException for any other
   */
  public final S withSerialConsistency(Consistency consistency) {
    return withSettings(settings.toBuilder().serialConsistency(consistency).build());
  }

  /**
   * Sets how many rows a page has at most; 0 or less turns paging off, so that a result of any size
   * comes as one page.
   */
  public final S withPageSize(int rows) {
    return withSettings(settings.toBuilder().pageSize(rows).build());
  }

  /** Sets where the page begins; null begins at the first row. */
  public final S withPagingState(@Nullable PagingState state) {
    return withSettings(settings.toBuilder().pagingState(state).build());
  }

  /**
   * Sets the time that the whole request may take, with all its attempts; zero sets no limit.
   *
   * @throws IllegalArgumentException when it is negative
   */
  public final S withTimeout(Duration timeout) {
    return withSettings(settings.toBuilder().timeout(timeout).build());
  }

  /**
   * Sets the time that one attempt may take, before the request goes on to another node if it is
   * idempotent; zero sets no limit but that of the whole request.
   *
   * @throws IllegalArgumentException when it is negative
   */
  public final S withAttemptTimeout(Duration timeout) {
    return withSettings(settings.toBuilder().attemptTimeout(timeout).build());
  }

  /**
   * Sets the write time, in microseconds since 1970.
   *
   * @throws IllegalArgumentException when it is negative, which the protocol forbids from v4
   */
  public final S withTimestamp(long micros) {
    return withSettings(settings.toBuilder().timestamp(micros).build());
  }

  /** Sets whether executing it twice has the effect of executing it once. */
  public final S withIdempotent(boolean idempotent) {
    return withSettings(settings.toBuilder().idempotent(idempotent).build());
  }

  /** Sets whether the server traces the request. */
  public final S withTracing(boolean tracing) {
    return withSettings(settings.toBuilder().tracing(tracing).build());
  }

  /** Sets the custom payload, which the server's query handler sees. From protocol v4. */
  public final S withPayload(Map<String, Buffer> payload) {
    return withSettings(settings.toBuilder().payload(payload).build());
  }

  /** Sets the keyspace of unqualified names, without quotes. From protocol v5. */
  public final S withKeyspace(String keyspace) {
    return withSettings(settings.toBuilder().keyspace(keyspace).build());
  }

  /** Sets the time that the server takes for "now", in seconds since 1970. Protocol v5. */
  public final S withNowInSeconds(int seconds) {
    return withSettings(settings.toBuilder().nowInSeconds(seconds).build());
  }

  /** Sets the execution profile by name; null takes that of the session. */
  public final S withProfile(@Nullable String name) {
    return withSettings(settings.toBuilder().profile(name).build());
  }

  /**
   * Sets what this statement changes of its execution profile: the retry policy, speculative
   * execution, load balancing, allow and deny lists, or any other option. What the options leave
   * open, and who gets connections, is up to the profile; null changes nothing.
   *
   * <p>Each event loop makes the policies once for all statements with equal options, and keeps
   * those of the 64 that were used last. A statement should be made once and used often, or the
   * settings given to a prepared one.
   */
  public final S withProfileOptions(@Nullable ProfileOptions options) {
    return withSettings(settings.toBuilder().profileOptions(options).build());
  }

  /** Sets the only node that may execute it; no other is tried. */
  public final S withNode(Node node) {
    return withSettings(settings.toBuilder().node(node.endpoint()).build());
  }

  /** Sets the only node that may execute it, as {@code host:port}; no other is tried. */
  public final S withNode(String endpoint) {
    return withSettings(settings.toBuilder().node(endpoint).build());
  }

  /**
   * Sets the serialized partition key by which the request is routed, for statements whose key the
   * driver cannot know.
   */
  public final S withRoutingKey(Buffer key) {
    return withSettings(settings.toBuilder().routingKey(key).build());
  }

  /** Executes as this user of DataStax Enterprise, in whose name the login may act. */
  public final S withExecuteAs(String user) {
    return withSettings(settings.toBuilder().executeAs(user).build());
  }
}
