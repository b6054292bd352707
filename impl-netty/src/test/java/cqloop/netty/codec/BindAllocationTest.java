package cqloop.netty.codec;

import static cqloop.netty.codec.BindEncoderTest.encoderOf;
import static org.assertj.core.api.Assertions.assertThat;

import cqloop.type.ListType;
import cqloop.type.PrimitiveType;
import cqloop.type.VectorType;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Bounds of what binding allocates, which do not depend on the load of the machine. */
class BindAllocationTest {

  private static final int ARRAY_HEADER = 16;

  private byte[] last;

  private static int sizeOfArray(int length) {
    return (ARRAY_HEADER + length + 7) / 8 * 8;
  }

  @Test
  void allocatesTheResultAndTheBytesOfTextAlone() {
    BindEncoder encoder =
        encoderOf(PrimitiveType.INT, PrimitiveType.BIGINT, PrimitiveType.TEXT, PrimitiveType.UUID);
    Object[] values = {1, 1L << 40, "twelve chars", UUID.randomUUID()};
    int result = 2 + 4 + 4 + 4 + 8 + 4 + 12 + 4 + 16;

    double bytes = Allocations.bytesPerRun(() -> last = encoder.encode(values));

    assertThat(last).hasSize(result);
    assertThat(bytes).isLessThanOrEqualTo(sizeOfArray(result) + sizeOfArray(12) + 1);
  }

  @Test
  void allocatesTheResultAloneForNumbers() {
    BindEncoder encoder =
        encoderOf(
            PrimitiveType.INT, PrimitiveType.BIGINT, PrimitiveType.DOUBLE, PrimitiveType.BOOLEAN);
    Object[] values = {1, 1L << 40, 2.5, true};

    double bytes = Allocations.bytesPerRun(() -> last = encoder.encode(values));

    assertThat(bytes).isLessThanOrEqualTo(sizeOfArray(last.length) + 1);
  }

  @Test
  void allocatesNothingPerFloatOfAVector() {
    int dimension = 1536;
    BindEncoder encoder = encoderOf(new VectorType(PrimitiveType.FLOAT, dimension));
    Object[] values = {new float[dimension]};

    double bytes = Allocations.bytesPerRun(() -> last = encoder.encode(values));

    assertThat(last).hasSize(2 + 4 + 4 * dimension);
    // Two views of the writer's array, which the JDK's bulk copy needs, besides the result.
    assertThat(bytes).isLessThanOrEqualTo(sizeOfArray(last.length) + 160);
  }

  @Test
  void allocatesLittlePerElementOfAList() {
    BindEncoder encoder = encoderOf(new ListType(PrimitiveType.INT));
    Object[] values = {List.of(1, 2, 3, 4, 5, 6, 7, 8)};

    double bytes = Allocations.bytesPerRun(() -> last = encoder.encode(values));

    // One iterator besides the result.
    assertThat(bytes).isLessThanOrEqualTo(sizeOfArray(last.length) + 33);
  }
}
