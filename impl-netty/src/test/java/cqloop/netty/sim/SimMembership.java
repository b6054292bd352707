package cqloop.netty.sim;

import cqloop.testkit.fake.Replies;
import cqloop.testkit.fake.Reply;
import cqloop.testkit.fake.RowsReply;
import cqloop.testkit.fake.WireType;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Not shared. Which hosts belong to a simulated cluster and at which server each of them is: the
 * truth that clients must find out, from tables and from events that get lost, doubled and out of
 * order.
 */
final class SimMembership {

  private static final WireType TEXT_SET = WireType.set(WireType.TEXT);
  private static final WireType TEXT_MAP = WireType.map(WireType.TEXT, WireType.TEXT);
  private static final UUID SCHEMA = new UUID(7, 7);

  private final SimWorld world;
  private final SplittableRandom random;
  private final Map<SimServer, UUID> hosts = new LinkedHashMap<>();
  private final int replicas;
  private final Map<SimServerConnection, Integer> heard = new HashMap<>();
  private int nextHost = 1;
  private int announced;

  int lossPercent;
  int doublePercent;

  SimMembership(SimWorld world) {
    this.world = world;
    this.random = world.random();
    this.replicas = random.nextInt(1, 4);
  }

  /** A new host joins at this server. */
  void join(SimServer server) {
    hosts.put(server, new UUID(0xC0FFEEL, nextHost++));
  }

  void leave(SimServer server) {
    hosts.remove(server);
  }

  /** The host of one server goes on at another one that has none. */
  void move(SimServer from, SimServer to) {
    hosts.put(to, hosts.remove(from));
  }

  /** Two hosts change places. */
  void swap(SimServer one, SimServer other) {
    UUID first = hosts.get(one);
    hosts.put(one, hosts.get(other));
    hosts.put(other, first);
  }

  boolean has(SimServer server) {
    return hosts.containsKey(server);
  }

  List<SimServer> members() {
    return List.copyOf(hosts.keySet());
  }

  /** What every client must know in the end: the endpoint of each host. */
  Map<UUID, String> truth() {
    Map<UUID, String> truth = new TreeMap<>();
    hosts.forEach((server, host) -> truth.put(host, endpoint(server.address())));
    return truth;
  }

  static String endpoint(SocketAddress address) {
    return address.host() + ":" + address.port();
  }

  /** Tells those who registered of an event; some never hear it, some twice, some late. */
  void announce(Reply event) {
    for (SimServer member : members()) {
      for (SimServerConnection connection : member.connections()) {
        if (connection.isRegistered() && connection.isOpen()) {
          int copies = random.nextInt(100) < lossPercent ? 0 : 1;
          copies += random.nextInt(100) < doublePercent ? 1 : 0;
          world.count(copies == 0 ? "event is lost" : copies == 1 ? "event" : "event is doubled");
          int number = ++announced;
          for (int i = 0; i < copies; i++) {
            world.after(
                random.nextLong(SimWorld.millis(300)), () -> push(connection, event, number));
          }
        }
      }
    }
  }

  private void push(SimServerConnection connection, Reply event, int number) {
    if (connection.isOpen()) {
      if (number < heard.merge(connection, number, Math::max)) {
        world.count("event is late");
      }
      connection.send(event, -1);
    }
  }

  /** The announcement of a server: {@code NEW_NODE}, {@code UP} and so on. */
  void announce(String change, SimServer subject) {
    InetSocketAddress address =
        new InetSocketAddress(inet(subject.address()), subject.address().port());
    announce(
        change.equals("UP") || change.equals("DOWN")
            ? Replies.statusEvent(change, address)
            : Replies.topologyEvent(change, address));
  }

  /** The answer of a server to a query of the tables that describe the cluster, or null. */
  Reply answer(SimServer asked, String text) {
    if (text.contains("system.local")) {
      return local(asked);
    }
    if (text.contains("system.peers")) {
      return peers(asked);
    }
    return text.contains("system_schema.keyspaces") ? keyspaces() : null;
  }

  private Reply local(SimServer asked) {
    UUID host = hosts.get(asked);
    RowsReply rows =
        shared(
            Replies.rows()
                .table("system", "local")
                .column("key", WireType.TEXT)
                .column("cluster_name", WireType.TEXT)
                .column("partitioner", WireType.TEXT)
                .column("rpc_address", WireType.INET)
                .column("rpc_port", WireType.INT));
    SocketAddress address = asked.address();
    return rows.row(
        "local",
        "sim",
        "org.apache.cassandra.dht.Murmur3Partitioner",
        inet(address),
        address.port(),
        "dc1",
        "r1",
        host,
        "5.0.9",
        SCHEMA,
        tokens(host));
  }

  private Reply peers(SimServer asked) {
    RowsReply rows =
        shared(
            Replies.rows()
                .table("system", "peers_v2")
                .column("native_address", WireType.INET)
                .column("native_port", WireType.INT));
    List<Map.Entry<SimServer, UUID>> others = new ArrayList<>(hosts.entrySet());
    others.removeIf(entry -> entry.getKey() == asked);
    for (Map.Entry<SimServer, UUID> other : others) {
      SocketAddress address = other.getKey().address();
      UUID host = other.getValue();
      rows.row(inet(address), address.port(), "dc1", "r1", host, "5.0.9", SCHEMA, tokens(host));
    }
    return rows;
  }

  private static RowsReply shared(RowsReply rows) {
    return rows.column("data_center", WireType.TEXT)
        .column("rack", WireType.TEXT)
        .column("host_id", WireType.UUID)
        .column("release_version", WireType.TEXT)
        .column("schema_version", WireType.UUID)
        .column("tokens", TEXT_SET);
  }

  private static Set<String> tokens(UUID host) {
    return host == null ? Set.of() : Set.of(Long.toString(host.hashCode() * 0x9E3779B97F4A7C15L));
  }

  private Reply keyspaces() {
    Map<String, String> replication =
        Map.of("class", "SimpleStrategy", "replication_factor", "" + replicas);
    return Replies.rows()
        .table("system_schema", "keyspaces")
        .column("keyspace_name", WireType.TEXT)
        .column("replication", TEXT_MAP)
        .row("ks", new TreeMap<>(replication));
  }

  private static InetAddress inet(SocketAddress address) {
    try {
      return InetAddress.getByName(address.host());
    } catch (UnknownHostException e) {
      throw new IllegalStateException("Addresses of simulations are numbers", e);
    }
  }
}
