package cqloop.netty.message;

import static org.assertj.core.api.Assertions.assertThat;

import cqloop.metadata.Sharding;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What SUPPORTED tells of shards, and what it must not be believed. Fault scenario F15. */
class ShardInfoTest {

  private final Map<String, List<String>> supported = new HashMap<>();

  ShardInfoTest() {
    say("SCYLLA_SHARD", "3");
    say("SCYLLA_NR_SHARDS", "8");
    say("SCYLLA_SHARDING_IGNORE_MSB", "12");
    say("SCYLLA_SHARDING_ALGORITHM", "biased-token-round-robin");
    say("SCYLLA_PARTITIONER", "org.apache.cassandra.dht.Murmur3Partitioner");
    say("SCYLLA_SHARD_AWARE_PORT", "19042");
    say("SCYLLA_SHARD_AWARE_PORT_SSL", "19142");
  }

  private void say(String key, String value) {
    supported.put(key, List.of(value));
  }

  @Test
  void readsWhatScyllaSays() {
    assertThat(ShardInfo.of(supported))
        .isEqualTo(new ShardInfo(3, new Sharding(8, 12), 19042, 19142));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SCYLLA_SHARD",
        "SCYLLA_NR_SHARDS",
        "SCYLLA_SHARDING_IGNORE_MSB",
        "SCYLLA_SHARDING_ALGORITHM",
        "SCYLLA_PARTITIONER"
      })
  void aNodeThatLeavesSomethingOutHasNoShards(String key) {
    supported.remove(key);
    assertThat(ShardInfo.of(supported)).isNull();
    supported.put(key, List.of());
    assertThat(ShardInfo.of(supported)).isNull();
    supported.put(key, Collections.singletonList(null));
    assertThat(ShardInfo.of(supported)).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "SCYLLA_NR_SHARDS, 0",
    "SCYLLA_NR_SHARDS, -1",
    "SCYLLA_NR_SHARDS, 1000000000",
    "SCYLLA_NR_SHARDS, 99999999999999999999",
    "SCYLLA_NR_SHARDS, eight",
    "SCYLLA_NR_SHARDS, ''",
    "SCYLLA_SHARD, 8",
    "SCYLLA_SHARD, -1",
    "SCYLLA_SHARD, x",
    "SCYLLA_SHARDING_IGNORE_MSB, 64",
    "SCYLLA_SHARDING_IGNORE_MSB, -1",
    "SCYLLA_SHARDING_ALGORITHM, other",
    "SCYLLA_PARTITIONER, org.apache.cassandra.dht.RandomPartitioner",
  })
  void nonsenseIsNotBelieved(String key, String value) {
    say(key, value);
    assertThat(ShardInfo.of(supported)).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-19042", "65536", "x", ""})
  void aPortThatIsNoneIsNotUsed(String port) {
    say("SCYLLA_SHARD_AWARE_PORT", port);
    say("SCYLLA_SHARD_AWARE_PORT_SSL", port);
    assertThat(ShardInfo.of(supported)).isEqualTo(new ShardInfo(3, new Sharding(8, 12), 0, 0));
  }

  @Test
  void sixtyFiveThousandOptionsAreNoTrouble() {
    for (int i = 0; i < 65_535; i++) {
      supported.put("SCYLLA_NR_SHARDS_" + i, new ArrayList<>());
    }
    assertThat(ShardInfo.of(supported)).isNotNull();
  }
}
