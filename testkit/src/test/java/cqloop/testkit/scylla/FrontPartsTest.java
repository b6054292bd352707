package cqloop.testkit.scylla;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cqloop.testkit.fake.WireValue;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The small parts of the front that need no node. */
class FrontPartsTest {

  /** The first two are examples that drivers of ScyllaDB publish, the others done by hand. */
  @ParameterizedTest
  @CsvSource({
    "-9219783007514621794, 4, 12, 3",
    "9222582454147032830, 4, 12, 3",
    "-9223372036854775808, 4, 0, 0",
    "-1, 4, 0, 1",
    "0, 4, 0, 2",
    "9223372036854775807, 3, 0, 2",
    "9223372036854775807, 1, 63, 0",
  })
  void shardsAreThoseOfTheSpecification(long token, int shards, int ignoredBits, int expected) {
    assertThat(new Sharder(shards, ignoredBits).shardOf(token)).isEqualTo(expected);
  }

  @Test
  void aKeyOfSeveralColumnsIsPutTogetherAsByTheServer() {
    List<WireValue> values =
        List.of(WireValue.of((byte) 9), WireValue.of((byte) 1, (byte) 2), WireValue.NULL);
    assertThat(PartitionKeys.of(statement(1), values)).containsExactly(1, 2);
    assertThat(PartitionKeys.of(statement(1, 0), values))
        .containsExactly(0, 2, 1, 2, 0, 0, 1, 9, 0);
    assertThat(PartitionKeys.of(statement(2), values)).isNull();
    assertThat(PartitionKeys.of(statement(1, 3), values)).isNull();
    assertThat(PartitionKeys.of(statement(), values)).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "INSERT INTO t (k) VALUES (?) IF NOT EXISTS | true | true",
        "update t set v = ? where k = ? if v = 'a' | true | true",
        "INSERT INTO t (k, v) VALUES (?, ' IF ') | true | false",
        "SELECT v FROM \"t IF t\" WHERE k = ? | false | false",
        "DELETE FROM t WHERE k = ? | true | false",
      })
  void writesAndConditionsAreKnownByTheirText(String cql, boolean write, boolean conditional) {
    KnownStatement statement = new KnownStatement(cql, "ks", "t", List.of(0));
    assertThat(statement.isWrite()).isEqualTo(write);
    assertThat(statement.isConditional()).isEqualTo(conditional);
  }

  @Test
  void tabletsDivideTheRing() {
    List<Tablet> tablets = Tablet.even(Collections.nCopies(4, List.of()));
    assertThat(tablets)
        .extracting(Tablet::lastToken)
        .containsExactly(-4611686018427387905L, -1L, 4611686018427387903L, Long.MAX_VALUE);
    assertThat(tablets.get(0).firstToken()).isEqualTo(Long.MIN_VALUE);
    assertThat(tablets.get(1).holds(-1)).isTrue();
    assertThat(tablets.get(2).holds(-1)).isFalse();
    assertThatThrownBy(() -> Tablet.even(Collections.nCopies(3, List.of())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("power of two");
  }

  /** Lengths and values of {@code tuple<bigint, bigint, list<tuple<uuid, int>>>}, by hand. */
  @Test
  void thePayloadOfATabletIsATuple() {
    UUID host = new UUID(0x0102030405060708L, 0x090A0B0C0D0E0F10L);
    Tablet tablet = new Tablet(-2, 1, List.of(new Tablet.Replica(host, 3)));
    assertThat(HexFormat.of().formatHex(tablet.toPayload()))
        .isEqualTo(
            "00000008"
                + "fffffffffffffffe"
                + "00000008"
                + "0000000000000001"
                + "00000024"
                + "00000001"
                + "0000001c"
                + "00000010"
                + "0102030405060708090a0b0c0d0e0f10"
                + "00000004"
                + "00000003");
    assertThat(tablet.shardAt(host)).isEqualTo(3);
    assertThat(tablet.shardAt(new UUID(0, 0))).isEqualTo(-1);
  }

  private static KnownStatement statement(Integer... partitionKey) {
    return new KnownStatement("INSERT", "ks", "t", List.of(partitionKey));
  }
}
