package cqloop.netty.codec;

import static cqloop.netty.codec.Bytes.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cqloop.spi.ValueWriter;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VintsTest {

  @ParameterizedTest
  @CsvSource({
    "0, 00",
    "1, 01",
    "127, 7f",
    "128, 8080",
    "255, 80ff",
    "256, 8100",
    "16383, bfff",
    "16384, c04000",
    "2097151, dfffff",
    "2097152, e0200000",
    "72057594037927935, feffffffffffffff",
    "72057594037927936, ff0100000000000000",
    "-1, ffffffffffffffffff"
  })
  void writesAndReadsUnsignedNumbersAsTheProtocolSays(long value, String hex) {
    ValueWriter out = new ValueWriter(16);
    Vints.writeUnsigned(out, value);
    byte[] bytes = hex(hex);

    assertThat(out.toByteArray()).isEqualTo(bytes);
    assertThat(Vints.sizeAt(bytes, 0, bytes.length)).isEqualTo(bytes.length);
    assertThat(Vints.readUnsigned(bytes, 0)).isEqualTo(value);
  }

  @Test
  void readsTheSignedNumbersThatItWrote() {
    Random random = new Random(1);
    for (int i = 0; i < 10_000; i++) {
      long value = random.nextLong() >> random.nextInt(Long.SIZE);
      ValueWriter out = new ValueWriter(16);
      Vints.writeSigned(out, value);

      assertThat(Vints.readSigned(out.toByteArray(), 0)).isEqualTo(value);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "80", "c040", "ff01000000000000"})
  void refusesNumbersThatAreCut(String hex) {
    byte[] bytes = hex(hex);

    assertThatThrownBy(() -> Vints.sizeAt(bytes, 0, bytes.length)).isInstanceOf(BadValue.class);
  }
}
