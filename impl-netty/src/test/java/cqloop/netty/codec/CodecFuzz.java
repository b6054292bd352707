package cqloop.netty.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.sun.management.ThreadMXBean;
import cqloop.netty.wire.BigEndian;
import cqloop.spi.TypeCodec;
import cqloop.type.DataType;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Any bytes as a value of any type: a value or a typed refusal, and memory only for what came. */
class CodecFuzz {

  private static final int DEPTH = 5;
  private static final int SEEDS = 200;
  private static final long BYTES_FREE = 1024 * 1024;
  private static final long BYTES_PER_BYTE = 256;

  private final Codecs codecs = Codecs.builtIn();
  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** A number that stands for a type, then bytes that were valid before one was changed. */
  static Stream<byte[]> seeds() {
    return IntStream.range(0, SEEDS).mapToObj(CodecFuzz::seed);
  }

  private static byte[] seed(int number) {
    RandomValues random = new RandomValues(number);
    DataType type = random.type(DEPTH);
    byte[] value = Bytes.encode(Codecs.builtIn().defaultCodec(type), random.value(type));
    byte[] input = new byte[Integer.BYTES + value.length];
    BigEndian.putInt(input, 0, number);
    System.arraycopy(value, 0, input, Integer.BYTES, value.length);
    if (value.length > 0) {
      input[Integer.BYTES + number % value.length] ^= (byte) (number % 3 == 0 ? 0 : 0x7f);
    }
    return input;
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "60s")
  void decodesOrRefuses(byte[] input) {
    if (input == null || input.length < Integer.BYTES) {
      return;
    }
    DataType type = new RandomValues(BigEndian.getInt(input, 0)).type(DEPTH);
    TypeCodec<Object> codec = codecs.defaultCodec(type);
    byte[] value = Arrays.copyOfRange(input, Integer.BYTES, input.length);
    decodeOrRefuse(codec, value); // Once before, so that no loading of classes is counted.
    long before = threads.getCurrentThreadAllocatedBytes();
    decodeOrRefuse(codec, value);
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    assertThat(allocated).as(type.cql()).isLessThan(BYTES_FREE + BYTES_PER_BYTE * value.length);
  }

  private static void decodeOrRefuse(TypeCodec<Object> codec, byte[] value) {
    try {
      codec.decode(value, 0, value.length);
    } catch (BadValue refused) {
      assertThat(refused.problem()).isNotEmpty();
    }
  }
}
