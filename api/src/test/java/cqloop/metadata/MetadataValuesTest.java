package cqloop.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import cqloop.error.ConnectionFailed;
import io.vertx.core.net.SocketAddress;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetadataValuesTest {

  private static final UUID ID = new UUID(1, 2);

  private static Node node(int index, UUID hostId, String address) {
    return new Node(
        index,
        hostId,
        SocketAddress.inetSocketAddress(9042, address),
        "dc1",
        "r1",
        "5.0.9",
        NodeState.UP);
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, 127.0.0.1:9042",
    "::1, [::1]:9042",
    "0:0:0:0:0:0:0:1, [::1]:9042",
    "fd00:0:0:1:0:0:0:7, [fd00:0:0:1::7]:9042",
    "fd00:1:2:3:4:5:6:0, [fd00:1:2:3:4:5:6:0]:9042",
    "0:0:0:0:0:0:0:0, [::]:9042",
    "fe80:1:0:0:0:0:0:0, [fe80:1::]:9042",
    "db.test, db.test:9042"
  })
  void endpointsAreWrittenInOneWay(String host, String endpoint) {
    assertThat(node(0, ID, host).endpoint()).isEqualTo(endpoint);
  }

  @Test
  void hostnameIsTheNameBesideTheAddress() throws UnknownHostException {
    InetAddress named = InetAddress.getByAddress("db.test", new byte[] {10, 0, 0, 7});
    Node node = Node.at(0, SocketAddress.inetSocketAddress(new InetSocketAddress(named, 9042)));

    assertThat(node.hostname()).isEqualTo("db.test");
    assertThat(node.endpoint()).isEqualTo("10.0.0.7:9042");
    assertThat(node(0, ID, "10.0.0.7").hostname()).isNull();
  }

  @Test
  void murmur3TokensAreSigned() {
    assertThat(new Murmur3Token(-1)).isLessThan(new Murmur3Token(0));
    assertThat(new Murmur3Token(Long.MAX_VALUE)).isGreaterThan(new Murmur3Token(Long.MIN_VALUE));
    assertThat(new Murmur3Token(7)).isEqualTo(new Murmur3Token(7)).hasToString("7");
  }

  @Test
  void randomTokensAreBeyondLong() {
    RandomToken big = new RandomToken(BigInteger.TWO.pow(127));

    assertThat(big).isGreaterThan(new RandomToken(BigInteger.ONE));
    assertThat(big).hasToString("170141183460469231731687303715884105728");
  }

  @Test
  void byteOrderedTokensAreUnsignedAndKeepACopy() {
    byte[] bytes = {(byte) 0x80};
    ByteOrderedToken high = ByteOrderedToken.of(bytes);
    bytes[0] = 0;
    high.toByteArray()[0] = 0;

    assertThat(high).isGreaterThan(ByteOrderedToken.of(new byte[] {0x7F, 1}));
    assertThat(ByteOrderedToken.of(new byte[] {1}))
        .isLessThan(ByteOrderedToken.of(new byte[] {1, 0}));
    assertThat(high)
        .isEqualTo(ByteOrderedToken.of(new byte[] {(byte) 0x80}))
        .hasSameHashCodeAs(ByteOrderedToken.of(new byte[] {(byte) 0x80}))
        .hasToString("0x80");
  }

  @Test
  void tokensOfTwoPartitionersCannotBeCompared() {
    assertThatExceptionOfType(ClassCastException.class)
        .isThrownBy(() -> new Murmur3Token(1).compareTo(new RandomToken(BigInteger.ONE)));
  }

  @ParameterizedTest
  @CsvSource({
    "10, 20, 10, false", "10, 20, 11, true", "10, 20, 20, true", "10, 20, 21, false",
    "20, 10, 20, false", "20, 10, 21, true", "20, 10, -5, true", "20, 10, 10, true",
    "20, 10, 11, false", "5, 5, 5, true", "5, 5, 4, true"
  })
  void rangesExcludeTheirStartAndWrapAround(long start, long end, long token, boolean inside) {
    TokenRange range = new TokenRange(new Murmur3Token(start), new Murmur3Token(end));

    assertThat(range.contains(new Murmur3Token(token))).isEqualTo(inside);
  }

  @Test
  void nodesAreTheSameByHostIdWhateverTheirAddress() {
    Node before = node(0, ID, "10.0.0.1");
    Node moved = node(0, ID, "10.0.0.2");

    assertThat(before).isEqualTo(moved).hasSameHashCodeAs(moved);
    assertThat(before).isNotEqualTo(node(1, new UUID(1, 3), "10.0.0.1"));
    assertThat(before).isNotEqualTo(node(1, null, "10.0.0.1"));
    assertThat(node(0, null, "10.0.0.1"))
        .isEqualTo(node(1, null, "10.0.0.1"))
        .hasSameHashCodeAs(node(1, null, "10.0.0.1"))
        .isNotEqualTo(node(0, null, "10.0.0.2"));
  }

  @Test
  void nodesShowAddressDatacenterAndRack() {
    assertThat(node(0, ID, "10.0.0.1")).hasToString("10.0.0.1:9042 (dc1/r1)");
    assertThat(Node.at(0, SocketAddress.inetSocketAddress(9042, "::1")).endpoint())
        .isEqualTo("[::1]:9042");
    assertThat(Node.at(3, SocketAddress.domainSocketAddress("/run/cql.sock")))
        .hasToString("/run/cql.sock");
    Node down = node(4, ID, "10.0.0.1").withState(NodeState.DOWN);
    assertThat(down.state()).isEqualTo(NodeState.DOWN);
    assertThat(down.index()).isEqualTo(4);
    assertThat(down.releaseVersion()).isEqualTo("5.0.9");
  }

  @Test
  void topologyFindsNodesAndKeepsItsOwnList() {
    Node known = node(0, ID, "10.0.0.1");
    Node contact = node(1, null, "10.0.0.2");
    List<Node> nodes = new ArrayList<>(List.of(known, contact));
    Topology topology = new Topology(7, "Test Cluster", "Murmur3Partitioner", nodes);
    nodes.clear();

    assertThat(topology.nodes()).containsExactly(known, contact);
    assertThat(topology.node(ID)).isSameAs(known);
    assertThat(topology.node("10.0.0.2:9042")).isSameAs(contact);
    assertThat(topology.node("10.0.0.3:9042")).isNull();
    assertThat(topology.node(new UUID(0, 0))).isNull();
    assertThat(topology.version()).isEqualTo(7);
    assertThat(topology.clusterName()).isEqualTo("Test Cluster");
    assertThat(topology.partitioner()).isEqualTo("Murmur3Partitioner");
    assertThat(topology).hasToString("Topology(version 7, Test Cluster, 2 nodes)");
  }

  @Test
  void messagesNameANodeByItsNameAndItsAddress() throws Exception {
    InetAddress both = InetAddress.getByAddress("db.example", new byte[] {10, 0, 0, 1});
    Node named = Node.at(0, SocketAddress.inetSocketAddress(new InetSocketAddress(both, 9042)));
    assertThat(named.label()).isEqualTo("db.example (10.0.0.1:9042)");
    assertThat(new ConnectionFailed(named.label(), "refused", null))
        .hasMessage("Could not connect to db.example (10.0.0.1:9042): refused")
        .extracting(ConnectionFailed::node)
        .isEqualTo("10.0.0.1:9042");
    assertThat(new ConnectionFailed("[::1]:9042", "refused", null).node()).isEqualTo("[::1]:9042");

    assertThat(Node.at(0, SocketAddress.inetSocketAddress(9042, "10.0.0.1")).label())
        .isEqualTo("10.0.0.1:9042");
    // Behind a proxy a node has a name only.
    assertThat(Node.at(0, SocketAddress.inetSocketAddress(9042, "db.example")).label())
        .isEqualTo("db.example:9042");
  }

  @Test
  void whatChangesOfANodeChangesNothingElseOfIt() {
    UUID schema = UUID.randomUUID();
    Node node =
        node(4, ID, "10.0.0.1")
            .withSharding(new Sharding(2, 12))
            .withSchemaVersion(schema)
            .withOpenConnections(3)
            .withState(NodeState.UP);
    assertThat(node.sharding()).isEqualTo(new Sharding(2, 12));
    assertThat(node.schemaVersion()).isEqualTo(schema);
    assertThat(node.openConnections()).isEqualTo(3);
    assertThat(node.state()).isEqualTo(NodeState.UP);
    assertThat(node).isEqualTo(node(4, ID, "10.0.0.1")).hasToString("10.0.0.1:9042 (dc1/r1)");
    assertThat(node.releaseVersion()).isEqualTo("5.0.9");
    assertThat(node.index()).isEqualTo(4);
    Node plain = node(4, ID, "10.0.0.1");
    assertThat(plain.openConnections()).isZero();
    assertThat(plain.schemaVersion()).isNull();
    assertThat(new Topology(1, "c", "p", List.of(plain)).ignoredRows()).isZero();
    assertThat(new Topology(1, "c", "p", List.of(plain), 2).ignoredRows()).isEqualTo(2);
  }
}
