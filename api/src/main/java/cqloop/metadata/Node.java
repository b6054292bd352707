package cqloop.metadata;

import io.vertx.core.net.SocketAddress;
import java.util.Arrays;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Value. A node of the cluster at one moment. Its identity is the host id, because the address of a
 * node may change; two snapshots of one node are equal.
 */
public final class Node {

  private final int index;
  private final @Nullable UUID hostId;
  private final SocketAddress address;
  private final String endpoint;
  private final String datacenter;
  private final String rack;
  private final String releaseVersion;
  private final Facts facts;

  /** Value. What changes while the node is the same. */
  private record Facts(
      NodeState state,
      @Nullable Sharding sharding,
      @Nullable UUID schemaVersion,
      int openConnections) {}

  /**
   * Creates a snapshot of a node without shards.
   *
   * @param index place of the node in the tables of its session, 0 or more; never used for two
   *     nodes of one snapshot
   * @param hostId identity given by the server, null for a contact point that has not answered yet
   * @param address where its native transport listens, after address translation
   * @param datacenter name of its data centre, empty when not known yet
   * @param rack name of its rack, empty when not known yet
   * @param releaseVersion version of the server, for example {@code 5.0.9}; empty when not known
   *     yet
   * @param state what the driver believes of it
   */
  public Node(
      int index,
      @Nullable UUID hostId,
      SocketAddress address,
      String datacenter,
      String rack,
      String releaseVersion,
      NodeState state) {
    this.index = index;
    this.hostId = hostId;
    this.address = address;
    this.endpoint = endpointOf(address);
    this.datacenter = datacenter;
    this.rack = rack;
    this.releaseVersion = releaseVersion;
    this.facts = new Facts(state, null, null, 0);
  }

  private Node(Node same, Facts facts) {
    this.index = same.index;
    this.hostId = same.hostId;
    this.address = same.address;
    this.endpoint = same.endpoint;
    this.datacenter = same.datacenter;
    this.rack = same.rack;
    this.releaseVersion = same.releaseVersion;
    this.facts = facts;
  }

  /** Returns a node of which only the place and the address are known. */
  public static Node at(int index, SocketAddress address) {
    return new Node(index, null, address, "", "", "", NodeState.UNKNOWN);
  }

  /** Returns the place of the node in the tables of its session. */
  public int index() {
    return index;
  }

  /**
   * Returns the identity given by the server, or null for a contact point that has not answered.
   */
  public @Nullable UUID hostId() {
    return hostId;
  }

  /** Returns where its native transport listens, after address translation. */
  public SocketAddress address() {
    return address;
  }

  /**
   * Returns the name of its host, or null when only its address is known. A name comes from a
   * contact point, an address translator, or, when the options ask for it, from reverse DNS.
   */
  public @Nullable String hostname() {
    return address.hostName();
  }

  /**
   * Returns the address as {@code host:port}, with square brackets around an IPv6 literal. The host
   * is the IP address where it is known, else the name.
   */
  public String endpoint() {
    return endpoint;
  }

  /**
   * Returns how messages name it: as {@link #endpoint()}, and where its name is known with that in
   * front, such as {@code db.example (10.0.0.1:9042)}.
   */
  public String label() {
    String name = hostname();
    return name == null || endpoint.startsWith(name + ":")
        ? endpoint
        : name + " (" + endpoint + ")";
  }

  /** Returns the name of its data centre; empty when not known yet. */
  public String datacenter() {
    return datacenter;
  }

  /** Returns the name of its rack; empty when not known yet. */
  public String rack() {
    return rack;
  }

  /** Returns the version of the server, for example {@code 5.0.9}; empty when not known yet. */
  public String releaseVersion() {
    return releaseVersion;
  }

  /** Returns what the driver believes of it. */
  public NodeState state() {
    return facts.state;
  }

  /**
   * Returns how the node divides its tokens among its shards, or null when it has none or no
   * connection to it was open yet. Only ScyllaDB has shards.
   */
  public @Nullable Sharding sharding() {
    return facts.sharding;
  }

  /**
   * Returns the version of the schema that the node had when the cluster was read last, or null
   * when it is not known.
   */
  public @Nullable UUID schemaVersion() {
    return facts.schemaVersion;
  }

  /**
   * Returns how many connections for requests the session has to the node, those included that only
   * end the requests they have. It is counted in {@link cqloop.CqlSession#topology}; nodes from
   * elsewhere, such as those that policies and listeners are given, have 0.
   */
  public int openConnections() {
    return facts.openConnections;
  }

  /** Returns this node in another state. */
  public Node withState(NodeState newState) {
    return new Node(
        this, new Facts(newState, facts.sharding, facts.schemaVersion, facts.openConnections));
  }

  /** Returns this node with other shards. */
  public Node withSharding(@Nullable Sharding newSharding) {
    return new Node(
        this, new Facts(facts.state, newSharding, facts.schemaVersion, facts.openConnections));
  }

  /** Returns this node with another version of the schema. */
  public Node withSchemaVersion(@Nullable UUID newVersion) {
    return new Node(
        this, new Facts(facts.state, facts.sharding, newVersion, facts.openConnections));
  }

  /** Returns this node with another number of open connections. */
  public Node withOpenConnections(int count) {
    return new Node(this, new Facts(facts.state, facts.sharding, facts.schemaVersion, count));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    if (this == other) {
      return true;
    }
    // Snapshots of one node share its id: mostly it need not be read.
    return other instanceof Node that
        && (hostId == null
            ? that.hostId == null && address.equals(that.address)
            : hostId == that.hostId || hostId.equals(that.hostId));
  }

  @Override
  public int hashCode() {
    return hostId == null ? address.hashCode() : Objects.hashCode(hostId);
  }

  @Override
  public String toString() {
    return datacenter.isEmpty() ? endpoint : endpoint + " (" + datacenter + "/" + rack + ")";
  }

  private static String endpointOf(SocketAddress address) {
    if (!address.isInetSocket()) {
      return address.path();
    }
    String literal = address.hostAddress();
    String host = literal == null ? address.host() : literal;
    return host.indexOf(':') < 0
        ? host + ":" + address.port()
        : "[" + shortened(host) + "]:" + address.port();
  }

  /** Writes the longest run of zeros in an IPv6 address as two colons. RFC 5952, 4.2. */
  private static String shortened(String literal) {
    if (literal.contains("::")) {
      return literal;
    }
    String[] groups = literal.split(":", -1);
    int longest = 1;
    int from = -1;
    int zeros = 0;
    for (int i = 0; i < groups.length; i++) {
      zeros = groups[i].equals("0") ? zeros + 1 : 0;
      if (zeros > longest) {
        longest = zeros;
        from = i - zeros + 1;
      }
    }
    if (from < 0) {
      return literal;
    }
    String head = String.join(":", Arrays.copyOfRange(groups, 0, from));
    String tail = String.join(":", Arrays.copyOfRange(groups, from + longest, groups.length));
    return head + "::" + tail;
  }
}
