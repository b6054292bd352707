package cqloop.netty.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cqloop.error.ProtocolViolation;
import cqloop.metadata.Node;
import cqloop.metadata.NodeState;
import cqloop.metadata.Sharding;
import cqloop.metadata.Topology;
import io.vertx.core.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The payload that tells of a tablet, whole and damaged. Scenario B11. */
class TabletPayloadTest {

  private static final UUID A = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");
  private static final UUID B = new UUID(0, 2);
  private static final UUID STRANGE = new UUID(0, 3);

  private final Node a = node(0, A).withSharding(new Sharding(4, 12));
  private final Node b = node(1, B);
  private final Topology topology = new Topology(1, "test", "", List.of(a, b));

  @Test
  void isReadFromBytesWrittenDownByHand() {
    byte[] payload =
        HexFormat.of()
            .parseHex(
                "00000008ffffffffffffff9c" // first token: -100
                    + "000000080000000000000005" // last token: 5
                    + "00000024" // the list has 36 bytes
                    + "00000001" // with one replica
                    + "0000001c" // of 28 bytes
                    + "0000001000112233445566778899aabbccddeeff"
                    + "0000000400000003"); // shard 3

    Tablet tablet = TabletPayload.read(payload, topology);

    assertThat(tablet.first()).isEqualTo(-100);
    assertThat(tablet.last()).isEqualTo(5);
    assertThat(tablet.replicas(topology)).containsExactly(a);
    assertThat(tablet.shardOn(a)).isEqualTo(3);
    assertThat(tablet.shardOn(b)).isEqualTo(-1);
  }

  @Test
  void replicasKeepTheOrderOfTheServerAndThoseThatAreNotKnownYetAreLeftOut() {
    Tablet tablet = read(new TabletBytes(0, 9).on(STRANGE, 7).on(B, 1000).on(A, 0));
    assertThat(tablet.replicas(topology)).containsExactly(b, a);
    assertThat(tablet.shardOn(b)).isEqualTo(1000);

    Node joined = node(2, STRANGE);
    Topology later = new Topology(2, "test", "", List.of(a, b, joined));
    assertThat(tablet.replicas(later)).containsExactly(joined, b, a);
    assertThat(tablet.shardOn(joined)).isEqualTo(7);
  }

  @Test
  void takesTheWholeRing() {
    Tablet tablet = read(new TabletBytes(Long.MIN_VALUE, Long.MAX_VALUE).on(A, 0));
    assertThat(tablet.last() - tablet.first()).isEqualTo(-1);
  }

  @Test
  void refusesTokensThatDoNotRise() {
    refuses(new TabletBytes(5, 5).on(A, 0), "is not behind the first");
    refuses(new TabletBytes(5, 4).on(A, 0), "is not behind the first");
    refuses(new TabletBytes(Long.MAX_VALUE, Long.MIN_VALUE).on(A, 0), "is not behind the first");
  }

  @Test
  void refusesShardsThatTheNodeDoesNotHave() {
    assertThat(read(new TabletBytes(0, 9).on(A, 3)).shardOn(a)).isEqualTo(3);
    refuses(new TabletBytes(0, 9).on(A, 4), "it is 4, not 0 to below 4");
    refuses(new TabletBytes(0, 9).on(A, -1), "it is -1");
    refuses(new TabletBytes(0, 9).on(A, Integer.MAX_VALUE), "below 4");
    // Of these nodes it is not known how many they have.
    refuses(new TabletBytes(0, 9).on(B, Sharding.MAX_SHARDS), "below 1024");
    refuses(new TabletBytes(0, 9).on(STRANGE, Integer.MIN_VALUE), "below 1024");
  }

  @Test
  void refusesNoReplicasTooManyAndOneTwice() {
    refuses(new TabletBytes(0, 9), "it is 0, not 1 to 64");
    TabletBytes many = new TabletBytes(0, 9);
    for (int i = 0; i < 64; i++) {
      many.on(new UUID(9, i), i);
    }
    assertThat(many.toBytes()).hasSize(TabletPayload.MAX_BYTES);
    assertThat(read(many).replicas(topology)).isEmpty();
    refuses(many.on(A, 0), "it is 65, not 1 to 64");
    refuses(new TabletBytes(0, 9).on(A, 0).on(B, 0).on(A, 1), "is named twice");
  }

  @Test
  void refusesEveryTruncationAndWhatFollows() {
    byte[] whole = new TabletBytes(0, 9).on(A, 0).on(B, 1).toBytes();
    for (int length = 0; length < whole.length; length++) {
      refuses(Arrays.copyOf(whole, length), "");
    }
    refuses(Arrays.copyOf(whole, whole.length + 1), "");
  }

  /** A length that lies by one, is negative or absurd, wherever it stands. */
  @Test
  void refusesEveryOtherLength() {
    byte[] whole = new TabletBytes(0, 9).on(A, 0).on(B, 1).toBytes();
    int[] lengthsAt = {0, 12, 24, 28, 32, 36, 56, 64, 68, 88};
    int[] lies = {-1, 1, Integer.MAX_VALUE - 100, Integer.MIN_VALUE, -100};
    for (int at : lengthsAt) {
      for (int lie : lies) {
        byte[] damaged = whole.clone();
        int length = ByteBuffer.wrap(damaged).getInt(at);
        ByteBuffer.wrap(damaged).putInt(at, length + lie);
        refuses(damaged, "");
      }
    }
  }

  private Tablet read(TabletBytes bytes) {
    return TabletPayload.read(bytes.toBytes(), topology);
  }

  private void refuses(TabletBytes bytes, String why) {
    refuses(bytes.toBytes(), why);
  }

  private void refuses(byte[] payload, String why) {
    assertThatThrownBy(() -> TabletPayload.read(payload, topology))
        .as("%s bytes: %s", payload.length, HexFormat.of().formatHex(payload))
        .isInstanceOf(ProtocolViolation.class)
        .hasMessageContaining(TabletPayload.KEY)
        .hasMessageContaining(why);
  }

  private static Node node(int index, UUID host) {
    return new Node(
        index,
        host,
        SocketAddress.inetSocketAddress(9042, "10.0.0." + index),
        "dc1",
        "rack1",
        "3.0.8",
        NodeState.UP);
  }
}
