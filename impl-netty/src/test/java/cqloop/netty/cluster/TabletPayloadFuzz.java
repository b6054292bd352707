package cqloop.netty.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import cqloop.error.ProtocolViolation;
import cqloop.metadata.Node;
import cqloop.metadata.NodeState;
import cqloop.metadata.Sharding;
import cqloop.metadata.Topology;
import io.vertx.core.net.SocketAddress;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Any payload: a tablet that makes sense, or a {@link ProtocolViolation}. Scenario B11. */
class TabletPayloadFuzz {

  private static final int SHARDS = 8;
  private static final Node KNOWN =
      new Node(
              0,
              new UUID(0, 1),
              SocketAddress.inetSocketAddress(9042, "10.0.0.1"),
              "dc1",
              "rack1",
              "3.0.8",
              NodeState.UP)
          .withSharding(new Sharding(SHARDS, 12));
  private static final Topology TOPOLOGY = new Topology(1, "fuzz", "", List.of(KNOWN));

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "30s")
  void payload(byte[] data) {
    if (data == null) {
      return;
    }
    Tablet tablet;
    try {
      tablet = TabletPayload.read(data, TOPOLOGY);
    } catch (ProtocolViolation refused) {
      assertThat(refused.getMessage()).hasSizeLessThan(300);
      return;
    }
    assertThat(data.length).isLessThanOrEqualTo(TabletPayload.MAX_BYTES);
    assertThat(tablet.first()).isLessThan(tablet.last());
    assertThat(tablet.replicas(TOPOLOGY)).doesNotHaveDuplicates();
    assertThat(tablet.shardOn(KNOWN)).isBetween(-1, SHARDS - 1);
    TabletMap map = TabletMap.NONE.with(List.of(new LearntTablet("ks", "t", tablet)));
    assertThat(map.find("ks", "t", tablet.last())).isSameAs(tablet);
    assertThat(map.find("ks", "t", tablet.first())).isNull();
  }

  static Stream<byte[]> seeds() {
    return Stream.of(
        new TabletBytes(-5, 5).on(new UUID(0, 1), 7).toBytes(),
        new TabletBytes(Long.MIN_VALUE, Long.MAX_VALUE)
            .on(new UUID(0, 1), 8)
            .on(new UUID(0, 2), 1023)
            .toBytes(),
        new TabletBytes(5, 5).toBytes());
  }
}
