package cqloop.testkit.fake;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Loop-owned. The rows of {@code system.local}, {@code system.peers} and {@code peers_v2}. */
final class SystemTables {
  private static final WireType TEXT_SET = WireType.set(WireType.TEXT);
  private static final int STORAGE_PORT = 7000;

  private final FakeNode node;
  private final FakeNodeOptions options;
  private final List<NodeColumn> local;
  private final List<NodeColumn> peers;
  private final List<NodeColumn> peersV2;

  SystemTables(FakeNode node, FakeNodeOptions options) {
    this.node = node;
    this.options = options;
    this.local = local();
    this.peers = peers();
    this.peersV2 = peersV2();
  }

  /** The answer to a query of a system table, or null when it is none. */
  @Nullable Reply answer(Request request) {
    SimpleSelect select = SimpleSelect.parse(String.valueOf(request.cql()));
    if (select == null || !select.table().startsWith("system")) {
      return null;
    }
    switch (select.table()) {
      case "system.local":
        return rows(select, request, local, List.of(node.info()));
      case "system.peers":
        return rows(select, request, peers, node.peers());
      case "system.peers_v2":
        return node.info().hasPeersV2()
            ? rows(select, request, peersV2, node.peers())
            : Errors.error(Errors.INVALID, "unconfigured table peers_v2");
      default:
        // No keyspaces at all, virtual ones neither.
        return select.table().startsWith("system_schema.")
                || select.table().startsWith("system_virtual_schema.")
            ? Replies.rows().table("system_schema", "t").column("keyspace_name", WireType.TEXT)
            : null;
    }
  }

  private static Reply rows(
      SimpleSelect select, Request request, List<NodeColumn> columns, List<NodeInfo> nodes) {
    List<NodeColumn> selected = new ArrayList<>();
    for (String name : select.columns()) {
      NodeColumn column = find(columns, name);
      if (column == null) {
        return Errors.error(Errors.INVALID, "Undefined column name " + name);
      }
      selected.add(column);
    }
    if (selected.isEmpty()) {
      selected.addAll(columns);
    }
    RowsReply rows = Replies.rows().table("system", select.table().substring(7));
    selected.forEach(column -> rows.column(column.name(), column.type()));
    for (NodeInfo info : nodes) {
      if (matches(select, request, columns, info)) {
        rows.row(selected.stream().map(column -> column.value().apply(info)).toArray());
      }
    }
    return rows;
  }

  private static boolean matches(
      SimpleSelect select, Request request, List<NodeColumn> columns, NodeInfo info) {
    int bound = 0;
    for (Map.Entry<String, String> condition : select.conditions().entrySet()) {
      NodeColumn column = find(columns, condition.getKey());
      Object value = column == null ? null : column.value().apply(info);
      if (column == null || value == null) {
        return false;
      }
      if (condition.getValue().equals("?")) {
        byte[] wanted =
            bound < request.values().size() ? request.values().get(bound).bytes() : null;
        bound++;
        if (!Arrays.equals(wanted, ValueEncoder.encode(column.type(), value))) {
          return false;
        }
      } else if (!condition.getValue().equals(literal(value))) {
        return false;
      }
    }
    return true;
  }

  private static String literal(Object value) {
    return value instanceof InetAddress address ? address.getHostAddress() : value.toString();
  }

  private static @Nullable NodeColumn find(List<NodeColumn> columns, String name) {
    for (NodeColumn column : columns) {
      if (column.name().equals(name)) {
        return column;
      }
    }
    return null;
  }

  private List<NodeColumn> local() {
    List<NodeColumn> columns = new ArrayList<>();
    columns.add(new NodeColumn("key", WireType.TEXT, info -> "local"));
    columns.add(new NodeColumn("bootstrapped", WireType.TEXT, info -> "COMPLETED"));
    columns.add(new NodeColumn("broadcast_address", WireType.INET, SystemTables::address));
    columns.add(new NodeColumn("broadcast_port", WireType.INT, info -> STORAGE_PORT));
    columns.add(new NodeColumn("cluster_name", WireType.TEXT, info -> options.clusterName()));
    columns.add(new NodeColumn("cql_version", WireType.TEXT, info -> "3.4.7"));
    columns.add(new NodeColumn("listen_address", WireType.INET, SystemTables::address));
    columns.add(new NodeColumn("listen_port", WireType.INT, info -> STORAGE_PORT));
    columns.add(new NodeColumn("native_protocol_version", WireType.TEXT, info -> "5"));
    columns.add(new NodeColumn("partitioner", WireType.TEXT, info -> options.partitioner()));
    columns.add(new NodeColumn("rpc_address", WireType.INET, SystemTables::address));
    columns.add(new NodeColumn("rpc_port", WireType.INT, SystemTables::port));
    addShared(columns);
    return columns;
  }

  private List<NodeColumn> peers() {
    List<NodeColumn> columns = new ArrayList<>();
    columns.add(new NodeColumn("peer", WireType.INET, SystemTables::address));
    columns.add(new NodeColumn("preferred_ip", WireType.INET, info -> null));
    columns.add(new NodeColumn("rpc_address", WireType.INET, SystemTables::address));
    addShared(columns);
    return columns;
  }

  private List<NodeColumn> peersV2() {
    List<NodeColumn> columns = new ArrayList<>();
    columns.add(new NodeColumn("peer", WireType.INET, SystemTables::address));
    columns.add(new NodeColumn("peer_port", WireType.INT, info -> STORAGE_PORT));
    columns.add(new NodeColumn("native_address", WireType.INET, SystemTables::address));
    columns.add(new NodeColumn("native_port", WireType.INT, SystemTables::port));
    columns.add(new NodeColumn("preferred_ip", WireType.INET, info -> null));
    columns.add(new NodeColumn("preferred_port", WireType.INT, info -> null));
    addShared(columns);
    return columns;
  }

  private void addShared(List<NodeColumn> columns) {
    columns.add(new NodeColumn("data_center", WireType.TEXT, NodeInfo::datacenter));
    columns.add(new NodeColumn("host_id", WireType.UUID, NodeInfo::hostId));
    columns.add(new NodeColumn("rack", WireType.TEXT, NodeInfo::rack));
    columns.add(new NodeColumn("release_version", WireType.TEXT, NodeInfo::releaseVersion));
    columns.add(new NodeColumn("schema_version", WireType.UUID, info -> node.schemaVersion()));
    columns.add(new NodeColumn("tokens", TEXT_SET, NodeInfo::tokens));
    columns.addAll(options.columns());
  }

  private static Object address(NodeInfo info) {
    return info.address().getAddress();
  }

  private static Object port(NodeInfo info) {
    return info.address().getPort();
  }
}
