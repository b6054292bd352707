package cqloop.netty.message;

import static org.assertj.core.api.Assertions.assertThat;

import cqloop.ProtocolVersion;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each version has, and extensions whose values make sense or not. */
class FeaturesTest {

  @ParameterizedTest
  @CsvSource({
    // version, flags of 32 bits, keyspace, now, unset and payload, metadata id
    "V3, false, false, false, false, false",
    "V4, false, false, false, true, false",
    "V5, true, true, true, true, true",
    "V6, true, true, true, true, true",
    "DSE_V1, true, false, false, true, false",
    "DSE_V2, true, true, false, true, true"
  })
  void followTheVersion(
      ProtocolVersion version,
      boolean wide,
      boolean keyspace,
      boolean now,
      boolean afterV3,
      boolean metadataId) {
    Features features = Features.of(version);
    assertThat(features.version()).isEqualTo(version);
    assertThat(features.wideFlags()).isEqualTo(wide);
    assertThat(features.failureReasons()).isEqualTo(wide);
    assertThat(features.keyspacePerRequest()).isEqualTo(keyspace);
    assertThat(features.nowInSeconds()).isEqualTo(now);
    assertThat(features.unsetValues()).isEqualTo(afterV3);
    assertThat(features.customPayload()).isEqualTo(afterV3);
    assertThat(features.partitionKeyIndices()).isEqualTo(afterV3);
    assertThat(features.resultMetadataId()).isEqualTo(metadataId);
    assertThat(features.lwtMask()).isZero();
    assertThat(features.tablets()).isFalse();
    assertThat(features.startupOptions()).isEmpty();
  }

  @Test
  void takeUpTheExtensionsOfScylla() {
    Features features =
        Features.of(
            ProtocolVersion.V4,
            Map.of(
                "SCYLLA_LWT_ADD_METADATA_MARK",
                List.of("LWT_OPTIMIZATION_META_BIT_MASK=2147483648"),
                "SCYLLA_RATE_LIMIT_ERROR",
                List.of("ERROR_CODE=61440"),
                "TABLETS_ROUTING_V1",
                List.of(""),
                "SCYLLA_USE_METADATA_ID",
                List.of(""),
                "COMPRESSION",
                List.of("lz4")));
    assertThat(features.lwtMask()).isEqualTo(0x80000000);
    assertThat(features.isRateLimit(0xF000)).isTrue();
    assertThat(features.isRateLimit(0)).isFalse();
    assertThat(features.resultMetadataId()).isTrue();
    assertThat(features.tablets()).isTrue();
    assertThat(features.startupOptions())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "SCYLLA_LWT_ADD_METADATA_MARK",
                "LWT_OPTIMIZATION_META_BIT_MASK=2147483648",
                "SCYLLA_RATE_LIMIT_ERROR",
                "",
                "SCYLLA_USE_METADATA_ID",
                "",
                "TABLETS_ROUTING_V1",
                ""));
  }

  @Test
  void announceTabletsOnlyWhereTheyAreOfferedAndCanBeTold() {
    Map<String, List<String>> offered = Map.of("TABLETS_ROUTING_V1", List.of());
    assertThat(Features.of(ProtocolVersion.V4, offered).startupOptions())
        .containsExactly(Map.entry("TABLETS_ROUTING_V1", ""));
    // No custom payload on v3.
    assertThat(Features.of(ProtocolVersion.V3, offered).startupOptions()).isEmpty();
    Map<String, List<String>> second = Map.of("TABLETS_ROUTING_V2_EXPERIMENTAL", List.of(""));
    assertThat(Features.of(ProtocolVersion.V4, second).startupOptions()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "=", "-1", "4294967296", "99999999999999999999", "1.5"})
  void leaveOutExtensionsWithoutSense(String value) {
    Features features =
        Features.of(
            ProtocolVersion.V4,
            Map.of(
                "SCYLLA_LWT_ADD_METADATA_MARK",
                List.of("LWT_OPTIMIZATION_META_BIT_MASK=" + value, "x"),
                "SCYLLA_RATE_LIMIT_ERROR",
                List.of("ERROR_CODE=" + value)));
    assertThat(features.lwtMask()).isZero();
    assertThat(features.isRateLimit(-1)).isFalse();
    assertThat(features.startupOptions()).isEmpty();
  }
}
