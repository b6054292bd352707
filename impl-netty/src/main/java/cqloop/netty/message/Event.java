package cqloop.netty.message;

import cqloop.netty.wire.BodyReader;
import java.net.InetSocketAddress;
import java.util.List;

/** Value. EVENT, by type. Words that this driver does not know are passed on as they are. */
public sealed interface Event extends Response {

  // native_protocol_v5.spec, 4.2.6.
  String STATUS_CHANGE = "STATUS_CHANGE";
  String TOPOLOGY_CHANGE = "TOPOLOGY_CHANGE";
  String SCHEMA_CHANGE = "SCHEMA_CHANGE";
  // CASSANDRA-21191.
  String GRACEFUL_DISCONNECT = "GRACEFUL_DISCONNECT";
  // ScyllaDB, docs/dev/protocol-extensions.md.
  String CLIENT_ROUTES_CHANGE = "CLIENT_ROUTES_CHANGE";

  /** A node went {@code UP} or {@code DOWN}. */
  record StatusChange(ResponsePrefix prefix, String change, InetSocketAddress address)
      implements Event {}

  /** A node is a {@code NEW_NODE}, a {@code REMOVED_NODE} or a {@code MOVED_NODE}. */
  record TopologyChange(ResponsePrefix prefix, String change, InetSocketAddress address)
      implements Event {}

  /** The schema changed. */
  record SchemaEvent(ResponsePrefix prefix, SchemaChange change) implements Event {}

  /** The node asks to use this connection no more. */
  record GracefulDisconnect(ResponsePrefix prefix) implements Event {}

  /** Private addresses of nodes changed. */
  record ClientRoutesChange(
      ResponsePrefix prefix, String change, List<String> connectionIds, List<String> hostIds)
      implements Event {}

  /** An event of a type that was never asked for. */
  record UnknownEvent(ResponsePrefix prefix, String type) implements Event {}

  static Event read(BodyReader in, ResponsePrefix prefix) {
    String type = in.readString("event type");
    return switch (type) {
      case STATUS_CHANGE ->
          new StatusChange(prefix, in.readString("change"), in.readInet("address of the node"));
      case TOPOLOGY_CHANGE ->
          new TopologyChange(prefix, in.readString("change"), in.readInet("address of the node"));
      case SCHEMA_CHANGE -> new SchemaEvent(prefix, SchemaChange.read(in, prefix));
      case GRACEFUL_DISCONNECT -> new GracefulDisconnect(prefix);
      case CLIENT_ROUTES_CHANGE ->
          new ClientRoutesChange(
              prefix,
              in.readString("change"),
              in.readStringList("connection ids"),
              in.readStringList("host ids"));
      default -> new UnknownEvent(prefix, type);
    };
  }
}
