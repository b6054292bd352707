package cqloop.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The shard of a token, against known values and against arithmetic without bounds. */
class ShardingTest {

  private static final BigInteger HALF = BigInteger.ONE.shiftLeft(63);
  private static final BigInteger WHOLE = BigInteger.ONE.shiftLeft(64);

  @ParameterizedTest
  @CsvSource({
    "-9219783007514621794, 4, 12, 3",
    "9222582454147032830, 4, 12, 3",
    "-7468325962851647638, 4, 12, 2",
    "-7468325962851647638, 2, 12, 1",
    "-7468325962851647638, 7, 12, 4",
    "-7468325962851647638, 8, 0, 0",
    "-9223372036854775808, 2, 12, 0",
    "-1, 2, 12, 1",
    "-1, 7, 12, 6",
    "-1, 8, 0, 3",
    "0, 4, 12, 0",
    "0, 8, 0, 4",
    "9223372036854775807, 7, 12, 6",
    "9223372036854775807, 8, 0, 7",
    "1446172840243228796, 8, 0, 4",
  })
  void knownTokens(long token, int shards, int ignoredBits, int expected) {
    assertThat(new Sharding(shards, ignoredBits).shardOf(token)).isEqualTo(expected);
  }

  @Test
  void anyTokens() {
    Random random = new Random(7);
    for (int i = 0; i < 100_000; i++) {
      Sharding sharding = new Sharding(1 + random.nextInt(Sharding.MAX_SHARDS), random.nextInt(64));
      long token = random.nextLong();
      BigInteger scaled =
          BigInteger.valueOf(token).add(HALF).shiftLeft(sharding.ignoredBits()).mod(WHOLE);
      int expected =
          scaled.multiply(BigInteger.valueOf(sharding.shards())).shiftRight(64).intValue();
      assertThat(sharding.shardOf(token)).as("%s of %d", sharding, token).isEqualTo(expected);
    }
  }

  @Test
  void onlyMurmur3HasShards() {
    Sharding sharding = new Sharding(8, 0);
    assertThat(sharding.shardOf(new Murmur3Token(-1))).isEqualTo(3);
    assertThat(sharding.shardOf(new RandomToken(BigInteger.TEN))).isNull();
  }

  @Test
  void refusesNonsense() {
    assertThatThrownBy(() -> new Sharding(0, 12)).hasMessageContaining("1 to 1024");
    assertThatThrownBy(() -> new Sharding(1025, 12)).hasMessageContaining("1025");
    assertThatThrownBy(() -> new Sharding(8, 64)).hasMessageContaining("0 to 63");
    assertThatThrownBy(() -> new Sharding(8, -1)).hasMessageContaining("-1");
  }
}
