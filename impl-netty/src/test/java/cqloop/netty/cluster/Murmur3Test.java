package cqloop.netty.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Vectors that two other implementations have computed, Cassandra's own among them. */
class Murmur3Test {

  @ParameterizedTest
  @CsvSource({
    "313233, -7468325962851647638",
    "00ff10fa9900ff10fa9900ff10fa9900ff10fa9900ff10fa9900ff10fa9900ff10fa9900ff10fa9900ff10fa9900ff10fa99, 5837342703291459765",
    "fefefefefefefefe, -8927430733708461935",
    "1010101010101010, 1446172840243228796",
    "7fffffffffffffff, -1722304415079482439",
    "00000001, -4069959284402364209",
    "74657374, -6017608668500074083",
    "808182, 4805209697930042770",
    "000102030405060708090a0b0c0d0e0f10, 6662781046685680142",
    "ffffffffffffffffffffffffffffff, -2195530867418009455",
    "00040000000100000161 00, 6516349416904725244"
  })
  void computesTheTokenOfARoutingKey(String hex, long token) {
    byte[] key = HexFormat.of().parseHex(hex.replace(" ", ""));
    byte[] within = new byte[key.length + 7];
    System.arraycopy(key, 0, within, 5, key.length);

    assertThat(Murmur3.token(key, 0, key.length)).isEqualTo(token);
    assertThat(Murmur3.token(within, 5, key.length)).isEqualTo(token);
  }
}
