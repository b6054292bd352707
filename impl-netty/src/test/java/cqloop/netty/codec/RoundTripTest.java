package cqloop.netty.codec;

import static org.assertj.core.api.Assertions.assertThat;

import cqloop.spi.TypeCodec;
import cqloop.type.DataType;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Seeded random values of random types: what is written is read again, and no cut is read wrongly.
 */
class RoundTripTest {

  private static final int TYPES = 3_000;
  private static final int DEPTH = 4;

  private final Codecs codecs = Codecs.builtIn();

  @Test
  void readsWhatItWrote() {
    for (long seed = 0; seed < TYPES; seed++) {
      RandomValues random = new RandomValues(seed);
      DataType type = random.type(DEPTH);
      Object value = random.value(type);
      byte[] bytes = Bytes.encode(codecs.codecForValue(type, value), value);
      TypeCodec<Object> codec = codecs.defaultCodec(type);

      Object read = Bytes.decode(codec, bytes);

      String what = "seed %d, %s".formatted(seed, type.cql());
      assertThat(read).as(what).isEqualTo(value);
      assertThat(Bytes.encode(codec, read)).as(what).isEqualTo(bytes);
    }
  }

  /** Every cut and many single-byte changes of valid bytes: a value or a typed refusal, no more. */
  @Test
  void neverFailsInAnotherWayOnDamagedBytes() {
    for (long seed = 0; seed < TYPES / 3; seed++) {
      RandomValues values = new RandomValues(seed);
      DataType type = values.type(DEPTH);
      TypeCodec<Object> codec = codecs.defaultCodec(type);
      byte[] bytes = Bytes.encode(codec, values.value(type));
      for (int length = 0; length < Math.min(bytes.length, 100); length++) {
        decodeOrRefuse(codec, Arrays.copyOf(bytes, length));
      }
      Random random = new Random(seed);
      for (int i = 0; i < 20 && bytes.length > 0; i++) {
        byte[] damaged = bytes.clone();
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
        decodeOrRefuse(codec, damaged);
      }
    }
  }

  private static void decodeOrRefuse(TypeCodec<Object> codec, byte[] bytes) {
    try {
      Bytes.decode(codec, bytes);
    } catch (BadValue refused) {
      assertThat(refused.problem()).isNotEmpty();
    }
  }
}
