package cqloop.netty.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import cqloop.testkit.CassandraOracle;
import cqloop.testkit.ServerLine;
import cqloop.type.DataType;
import cqloop.type.PrimitiveType;
import cqloop.type.VectorType;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Byte for byte against the {@code db.marshal} types of Cassandra 5.0. */
class MarshalOracleTest {

  private static final int TYPES = 600;
  private static final int DEPTH = 3;

  private static CassandraOracle oracle;
  private static MarshalTypes marshal;

  private final Codecs codecs = Codecs.builtIn();

  @BeforeAll
  static void open() {
    oracle = CassandraOracle.open(ServerLine.V5_0);
    marshal = new MarshalTypes(oracle);
  }

  @AfterAll
  static void close() {
    oracle.close();
  }

  private void check(DataType type, Object value, String what) {
    byte[] theirs = marshal.encode(type, value);
    byte[] ours = Bytes.encode(codecs.codecForValue(type, value), value);

    assertThat(ours).as(what).isEqualTo(theirs);
    assertThat(Bytes.decode(codecs.defaultCodec(type), theirs)).as(what).isEqualTo(value);
    assertThatCode(() -> marshal.validate(type, ours)).as(what).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @EnumSource(value = PrimitiveType.class, mode = EnumSource.Mode.EXCLUDE, names = "COUNTER")
  void writesScalarsAsTheServerDoes(PrimitiveType type) {
    RandomValues random = new RandomValues(type.protocolCode());
    for (int i = 0; i < 100; i++) {
      check(type, random.value(type), type + " " + i);
    }
  }

  @ParameterizedTest
  @EnumSource(value = PrimitiveType.class, mode = EnumSource.Mode.EXCLUDE, names = "COUNTER")
  void writesVectorsOfScalarsAsTheServerDoes(PrimitiveType type) {
    RandomValues random = new RandomValues(type.protocolCode());
    VectorType vector = new VectorType(type, 3);
    for (int i = 0; i < 20; i++) {
      check(vector, random.value(vector), vector + " " + i);
    }
  }

  @Test
  void writesVectorsOfFloatArraysAsTheServerDoes() {
    VectorType type = new VectorType(PrimitiveType.FLOAT, 3);

    assertThat(Bytes.encode(codecs.codecForValue(type, new float[3]), new float[] {1, -2.5f, 0}))
        .isEqualTo(marshal.encode(type, List.of(1f, -2.5f, 0f)));
  }

  @Test
  void writesNestedValuesAsTheServerDoes() {
    for (long seed = 0; seed < TYPES; seed++) {
      RandomValues random = new RandomValues(seed, 1);
      DataType type = random.type(DEPTH);
      check(type, random.value(type), "seed %d, %s".formatted(seed, type.cql()));
    }
  }
}
