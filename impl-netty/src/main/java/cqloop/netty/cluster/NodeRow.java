package cqloop.netty.cluster;

import cqloop.Row;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Value. What a server says of one node, in {@code system.local} or a table of peers.
 *
 * @param address where clients connect, null when the row names none
 */
record NodeRow(
    @Nullable UUID hostId,
    @Nullable SocketAddress address,
    String datacenter,
    String rack,
    String releaseVersion,
    @Nullable UUID schemaVersion,
    Set<String> tokens) {

  private static final String[] ADDRESSES = {
    "native_address", "native_transport_address", "rpc_address"
  };
  private static final String[] PORTS = {"native_port", "native_transport_port", "rpc_port"};
  private static final String[] LISTEN_ADDRESSES = {"peer", "listen_address", "broadcast_address"};

  /**
   * Reads a row.
   *
   * @param defaultPort port of nodes whose row names none
   */
  static NodeRow of(Row row, int defaultPort) {
    InetAddress host = address(row, ADDRESSES);
    if (host == null || host.isAnyLocalAddress()) {
      host = address(row, LISTEN_ADDRESSES);
    }
    return new NodeRow(
        hostId(row),
        host == null
            ? null
            : SocketAddress.inetSocketAddress(port(row, defaultPort), host.getHostAddress()),
        text(row, "data_center"),
        text(row, "rack"),
        text(row, "release_version"),
        schemaVersion(row),
        tokens(row));
  }

  /** Tells whether the row is whole: a node that is joining or was half removed has gaps. */
  boolean isValid() {
    return hostId != null
        && address != null
        && !datacenter.isEmpty()
        && !rack.isEmpty()
        && schemaVersion != null
        && !tokens.isEmpty();
  }

  static @Nullable UUID hostId(Row row) {
    return has(row, "host_id") ? row.getUuid("host_id") : null;
  }

  static @Nullable UUID schemaVersion(Row row) {
    return has(row, "schema_version") ? row.getUuid("schema_version") : null;
  }

  static String text(Row row, String column) {
    String value = has(row, column) ? row.getString(column) : null;
    return value == null ? "" : value;
  }

  /** Tells whether a row has a value in a column, and the column at all. */
  static boolean has(Row row, String column) {
    int index = row.columns().indexOf(column);
    return index >= 0 && !row.isNull(index) && !row.isEmpty(index);
  }

  private static @Nullable InetAddress address(Row row, String[] columns) {
    for (String column : columns) {
      if (has(row, column)) {
        return row.getInetAddress(column);
      }
    }
    return null;
  }

  private static int port(Row row, int defaultPort) {
    for (String column : PORTS) {
      if (has(row, column)) {
        int port = row.getInt(column);
        return port > 0 && port <= 0xFFFF ? port : defaultPort;
      }
    }
    return defaultPort;
  }

  private static Set<String> tokens(Row row) {
    Set<String> tokens = has(row, "tokens") ? row.getSet("tokens", String.class) : null;
    return tokens == null ? Set.of() : tokens;
  }
}
