package cqloop.testkit.node;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Map;
import org.apache.cassandra.auth.AuthenticatedUser;
import org.apache.cassandra.config.DatabaseDescriptor;
import org.apache.cassandra.service.ClientState;
import org.apache.cassandra.service.QueryState;
import org.jspecify.annotations.Nullable;

/**
 * Runs a statement as another role where its custom payload says so, as DataStax Enterprise does;
 * only on nodes where one must log in.
 */
final class ProxyExecution {
  /** Key of the payload; its value is the name of the role. */
  private static final String KEY = "ProxyExecute";

  private ProxyExecution() {}

  /** Returns the state to run a request with. */
  static QueryState of(QueryState state, @Nullable Map<String, ByteBuffer> payload) {
    ByteBuffer role = payload == null ? null : payload.get(KEY);
    if (role == null || !DatabaseDescriptor.getAuthenticator().requireAuthentication()) {
      return state;
    }
    ClientState client = state.getClientState();
    AuthenticatedUser other =
        ProxyRights.actAs(client.getUser(), UTF_8.decode(role.duplicate()).toString(), "run as");
    ClientState proxied = ClientState.forExternalCalls(client.getRemoteAddress());
    if (client.getRawKeyspace() != null) {
      proxied.setKeyspace(client.getRawKeyspace());
    }
    proxied.login(other);
    return new QueryState(proxied);
  }
}
