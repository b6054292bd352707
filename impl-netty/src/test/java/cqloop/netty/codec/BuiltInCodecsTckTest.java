package cqloop.netty.codec;

import static cqloop.type.PrimitiveType.DURATION;
import static cqloop.type.PrimitiveType.INT;
import static cqloop.type.PrimitiveType.TEXT;
import static cqloop.type.PrimitiveType.UUID;

import cqloop.spi.TypeCodec;
import cqloop.testkit.tck.TypeCodecTck;
import cqloop.type.DataType;
import cqloop.type.ListType;
import cqloop.type.MapType;
import cqloop.type.PrimitiveType;
import cqloop.type.SetType;
import cqloop.type.TupleType;
import cqloop.type.UserType;
import cqloop.type.VectorType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The built-in codecs keep to what is published for the codecs of plug-ins. */
@ParameterizedClass
@MethodSource("types")
class BuiltInCodecsTckTest extends TypeCodecTck<Object> {

  private static final int SAMPLES = 10;
  private static final Codecs CODECS = Codecs.builtIn();

  private final TypeCodec<Object> codec;
  private final List<Object> samples = new ArrayList<>();

  BuiltInCodecsTckTest(DataType type) {
    codec = CODECS.defaultCodec(type);
    RandomValues random = new RandomValues(type.protocolCode(), 2);
    for (int i = 0; i < SAMPLES; i++) {
      samples.add(random.value(type));
    }
  }

  static Stream<DataType> types() {
    return Stream.concat(
        Stream.of(PrimitiveType.values()),
        Stream.of(
            new MapType(TEXT, new ListType(new SetType(INT))),
            TupleType.of(INT, TEXT, new ListType(UUID)),
            new UserType("ks", "u", List.of("a", "b"), List.of(TEXT, DURATION)),
            new VectorType(TEXT, 3),
            new VectorType(new VectorType(INT, 2), 2)));
  }

  @Override
  protected TypeCodec<Object> codec() {
    return codec;
  }

  @Override
  protected List<Object> samples() {
    return samples;
  }
}
