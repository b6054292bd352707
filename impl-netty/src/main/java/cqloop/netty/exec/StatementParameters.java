package cqloop.netty.exec;

import cqloop.Consistency;
import cqloop.PagingState;
import cqloop.StatementSettings;
import cqloop.netty.engine.ProfileSettings;
import cqloop.netty.message.Envelope;
import cqloop.netty.message.QueryParameters;
import io.vertx.core.buffer.Buffer;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Value. Settings of a statement over those of its profile. */
final class StatementParameters {

  // DataStax Enterprise: the key of the payload that names the user to act as.
  private static final String PROXY_EXECUTE = "ProxyExecute";

  private StatementParameters() {}

  /** Returns the parameters of a request; those of the profile themselves when nothing differs. */
  static QueryParameters of(
      StatementSettings own, ProfileSettings profile, @Nullable Consistency override) {
    if (own == StatementSettings.NONE && override == null) {
      return profile.parameters();
    }
    QueryParameters base = profile.parameters();
    PagingState state = own.pagingState();
    Integer pageSize = own.pageSize();
    Integer now = own.nowInSeconds();
    Consistency serial = own.serialConsistency();
    return new QueryParameters(
        consistency(own, profile, override),
        serial == null ? base.serialConsistency() : serial,
        pageSize == null ? base.pageSize() : pageSize,
        state == null ? null : state.toByteArray(),
        own.keyspace(),
        now == null ? QueryParameters.SERVER_TIME : now);
  }

  static Consistency consistency(
      StatementSettings own, ProfileSettings profile, @Nullable Consistency override) {
    if (override != null) {
      return override;
    }
    Consistency consistency = own.consistency();
    return consistency == null ? profile.consistency() : consistency;
  }

  /** Returns what surrounds the request. */
  static Envelope envelope(StatementSettings own, ProfileSettings profile) {
    if (own == StatementSettings.NONE && !profile.tracing()) {
      return Envelope.PLAIN;
    }
    Map<String, Buffer> payload = own.payload();
    String user = own.executeAs();
    if (user != null) {
      Map<String, Buffer> extended = payload == null ? new HashMap<>() : new HashMap<>(payload);
      extended.put(PROXY_EXECUTE, Buffer.buffer(user));
      payload = extended;
    }
    boolean tracing = own.tracing() == null ? profile.tracing() : own.tracing();
    return tracing || payload != null ? new Envelope(tracing, payload) : Envelope.PLAIN;
  }
}
