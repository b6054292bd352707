package cqloop.netty.codec;

import static cqloop.netty.codec.Bytes.hex;
import static cqloop.type.PrimitiveType.INT;
import static cqloop.type.PrimitiveType.TEXT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cqloop.error.CodecFailed;
import cqloop.netty.wire.BigEndian;
import cqloop.type.CustomType;
import cqloop.type.DataType;
import cqloop.type.GenericType;
import cqloop.type.ListType;
import cqloop.type.MapType;
import cqloop.type.PrimitiveType;
import cqloop.type.SetType;
import cqloop.type.TupleType;
import cqloop.type.TupleValue;
import cqloop.type.UdtValue;
import cqloop.type.UserType;
import cqloop.type.VectorType;
import io.vertx.core.buffer.Buffer;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class StructuredCodecsTest {

  private static final UserType UDT =
      new UserType("ks", "u", List.of("a", "B"), List.of(INT, TEXT));
  private static final TupleType TUPLE = TupleType.of(INT, TEXT);

  private final Codecs codecs = Codecs.builtIn();

  private byte[] encode(DataType type, Object value) {
    return Bytes.encode(codecs.codecForValue(type, value), value);
  }

  private Object decode(DataType type, String hex) {
    return Bytes.decode(codecs.defaultCodec(type), hex(hex));
  }

  static Stream<Arguments> vectors() {
    Map<String, List<Integer>> map = new LinkedHashMap<>();
    map.put("a", List.of(1));
    map.put("b", List.of());
    return Stream.of(
        Arguments.of(
            new ListType(INT), List.of(1, 2), "00000002 00000004 00000001 00000004 00000002"),
        Arguments.of(
            new SetType(TEXT),
            new LinkedHashSet<>(List.of("b", "a")),
            "00000002 00000001 62 00000001 61"),
        Arguments.of(
            new MapType(TEXT, new ListType(INT)),
            map,
            "00000002 00000001 61 0000000c 00000001 00000004 00000001"
                + "00000001 62 00000004 00000000"),
        Arguments.of(TUPLE, TupleValue.of(TUPLE, 1, "a"), "00000004 00000001 00000001 61"),
        Arguments.of(TUPLE, TupleValue.of(TUPLE, null, ""), "ffffffff 00000000"),
        Arguments.of(UDT, UdtValue.of(UDT, 1, null), "00000004 00000001 ffffffff"),
        Arguments.of(
            new VectorType(PrimitiveType.FLOAT, 2), List.of(1.5f, -2f), "3fc00000c0000000"),
        Arguments.of(new VectorType(TEXT, 2), List.of("a", "bcd"), "01 61 03 626364"),
        Arguments.of(
            new VectorType(PrimitiveType.SMALLINT, 2),
            List.of((short) 1, (short) 2),
            "02 0001 02 0002"),
        Arguments.of(
            new VectorType(PrimitiveType.DATE, 1), List.of(LocalDate.EPOCH), "04 80000000"),
        Arguments.of(
            new VectorType(new VectorType(INT, 2), 2),
            List.of(List.of(1, 2), List.of(3, 4)),
            "00000001 00000002 00000003 00000004"),
        Arguments.of(
            new VectorType(new VectorType(TEXT, 1), 2),
            List.of(List.of("a"), List.of("")),
            "02 01 61 01 00"),
        Arguments.of(new CustomType("com.acme.X"), Buffer.buffer("x"), "78"));
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void writesAndReadsAsTheProtocolSays(DataType type, Object value, String hex) {
    assertThat(encode(type, value)).isEqualTo(hex(hex));
    assertThat(decode(type, hex)).isEqualTo(value);
  }

  @Test
  void convertsVectorsOfFloatsWithoutBoxing() {
    VectorType type = new VectorType(PrimitiveType.FLOAT, 3);
    float[] values = {1.5f, -2f, Float.NaN};

    assertThat(encode(type, values)).isEqualTo(hex("3fc00000 c0000000 7fc00000"));
    assertThat(
            Bytes.decode(
                codecs.codecFor(type, GenericType.of(float[].class)),
                hex("3fc00000 c0000000 7fc00000")))
        .isEqualTo(values);
    assertThatThrownBy(() -> encode(type, new float[2]))
        .hasMessage("it has 2 elements instead of 3");
  }

  @Test
  void knowsWhichTypesTheServerWritesWithoutLength() {
    assertThat(VectorCodecs.fixedLength(PrimitiveType.BOOLEAN)).isEqualTo(1);
    assertThat(VectorCodecs.fixedLength(PrimitiveType.TIMESTAMP)).isEqualTo(8);
    assertThat(VectorCodecs.fixedLength(PrimitiveType.TIMEUUID)).isEqualTo(16);
    assertThat(VectorCodecs.fixedLength(new VectorType(PrimitiveType.UUID, 3))).isEqualTo(48);
    for (PrimitiveType variable :
        List.of(
            PrimitiveType.TINYINT,
            PrimitiveType.SMALLINT,
            PrimitiveType.DATE,
            PrimitiveType.TIME,
            PrimitiveType.COUNTER,
            PrimitiveType.DURATION)) {
      assertThat(VectorCodecs.fixedLength(variable)).as(variable.cql()).isEqualTo(-1);
    }
    assertThat(VectorCodecs.fixedLength(new ListType(INT))).isEqualTo(-1);
    VectorType huge = new VectorType(PrimitiveType.UUID, Integer.MAX_VALUE);
    for (int i = 0; i < 5; i++) {
      huge = new VectorType(huge, Integer.MAX_VALUE);
      assertThat(VectorCodecs.fixedLength(huge)).isGreaterThan(Integer.MAX_VALUE);
    }
  }

  @Test
  void takesAnyCollectionAndConvertsElements() {
    assertThat(encode(new ListType(INT), new ArrayDeque<>(List.of(1L, 2L))))
        .isEqualTo(encode(new ListType(INT), List.of(1, 2)));
    assertThat(encode(new SetType(INT), new TreeSet<>(List.of(1))))
        .isEqualTo(encode(new SetType(INT), List.of(1)));
    assertThat(encode(new ListType(new ListType(INT)), List.of(Set.of((short) 1))))
        .isEqualTo(encode(new ListType(new ListType(INT)), List.of(List.of(1))));
  }

  @Test
  void readsElementsAsTheJavaTypeThatIsAskedFor() {
    assertThat(
            Bytes.decode(
                codecs.codecFor(new ListType(INT), GenericType.listOf(Long.class)),
                hex("00000001 00000004 00000001")))
        .isEqualTo(List.of(1L));
    assertThat(
            Bytes.decode(
                codecs.codecFor(
                    new MapType(TEXT, new SetType(PrimitiveType.UUID)),
                    new GenericType<Map<String, Set<String>>>() {}),
                hex("00000001 00000001 61 00000004 00000000")))
        .isEqualTo(Map.of("a", Set.of()));
  }

  @Test
  void takesAndGivesTuplesAsLists() {
    assertThat(encode(TUPLE, Arrays.asList(1, "a")))
        .isEqualTo(hex("00000004 00000001 00000001 61"));
    assertThat(encode(TUPLE, List.of(Optional.of(1)))).isEqualTo(hex("00000004 00000001 ffffffff"));
    assertThat(
            Bytes.decode(
                codecs.codecFor(TUPLE, GenericType.listOf(Object.class)),
                hex("00000004 00000001 ffffffff")))
        .isEqualTo(Arrays.asList(1, null));
    assertThatThrownBy(() -> encode(TUPLE, List.of(1, "a", 2)))
        .hasMessage("it has 3 components instead of 2");
  }

  @Test
  void takesAndGivesUserTypesAsMaps() {
    assertThat(encode(UDT, Map.of("\"B\"", "a"))).isEqualTo(hex("ffffffff 00000001 61"));
    assertThat(encode(UDT, Map.of("A", 1))).isEqualTo(hex("00000004 00000001 ffffffff"));
    Map<String, Object> expected = new LinkedHashMap<>();
    expected.put("a", 1);
    expected.put("B", null);
    assertThat(
            Bytes.decode(
                codecs.codecFor(UDT, GenericType.mapOf(String.class, Object.class)),
                hex("00000004 00000001 ffffffff")))
        .isEqualTo(expected);
    assertThatThrownBy(() -> encode(UDT, Map.of("c", 1)))
        .hasMessage("the type has no field 'c'. Known: a, B");
  }

  @Test
  void matchesAUserTypeThatHasChangedByFieldName() {
    UserType older = new UserType("ks", "u", List.of("B"), List.of(TEXT));
    UserType newer = new UserType("ks", "u", List.of("c", "a", "B"), List.of(INT, INT, TEXT));

    assertThat(encode(UDT, UdtValue.of(older, "a"))).isEqualTo(hex("ffffffff 00000001 61"));
    assertThat(encode(UDT, UdtValue.of(newer, null, 1, "a")))
        .isEqualTo(hex("00000004 00000001 00000001 61"));
    assertThatThrownBy(() -> encode(UDT, UdtValue.of(newer, 5)))
        .hasMessage("the type has no field 'c'");
  }

  @Test
  void readsFewerAndMoreFieldsThanItKnows() {
    assertThat(decode(UDT, "00000004 00000001")).isEqualTo(UdtValue.of(UDT, 1));
    assertThat(decode(UDT, "")).isEqualTo(UdtValue.of(UDT));
    assertThat(decode(UDT, "00000004 00000001 00000001 61 00000001 ff"))
        .isEqualTo(UdtValue.of(UDT, 1, "a"));
  }

  @Test
  void readsNullElementsAndRefusesToWriteThem() {
    assertThat(decode(new ListType(INT), "00000002 ffffffff 00000004 00000001"))
        .isEqualTo(Arrays.asList(null, 1));
    for (Object value : new Object[] {Arrays.asList(1, null), List.of()}) {
      if (((List<?>) value).isEmpty()) {
        assertThat(encode(new ListType(INT), value)).isEqualTo(hex("00000000"));
      } else {
        assertThatThrownBy(() -> encode(new ListType(INT), value))
            .hasMessage("a collection or vector must not hold null");
      }
    }
  }

  @Test
  void readsAnEmptyCollectionAsNull() {
    for (DataType type :
        List.of(
            new ListType(INT),
            new SetType(INT),
            new MapType(INT, INT),
            new VectorType(INT, 1),
            new VectorType(TEXT, 1))) {
      assertThat(decode(type, "")).as(type.cql()).isNull();
    }
  }

  static Stream<Arguments> malformed() {
    DataType list = new ListType(INT);
    return Stream.of(
        Arguments.of(list, "0000"),
        Arguments.of(list, "ffffffff"),
        Arguments.of(list, "7fffffff"),
        Arguments.of(list, "00000002 00000004 00000001"),
        Arguments.of(list, "00000001 7fffffff 00"),
        Arguments.of(list, "00000001 00000003 000000"),
        Arguments.of(list, "00000000 00"),
        Arguments.of(new MapType(INT, INT), "00000001 00000004 00000001"),
        Arguments.of(new MapType(INT, INT), "40000000 00000000 00000000"),
        Arguments.of(TUPLE, "0000"),
        Arguments.of(TUPLE, "00000005 00000001"),
        Arguments.of(UDT, "00000004 00000001 00000002 61"),
        Arguments.of(new VectorType(PrimitiveType.FLOAT, 2), "00000000"),
        Arguments.of(new VectorType(INT, 2), "000000000000000000"),
        Arguments.of(new VectorType(TEXT, 2), "01 61"),
        Arguments.of(new VectorType(TEXT, 2), "01 61 02 61"),
        Arguments.of(new VectorType(TEXT, 2), "01 61 01 61 00"),
        Arguments.of(new VectorType(TEXT, 1), "ffffffffffffffffff"),
        Arguments.of(new VectorType(TEXT, Integer.MAX_VALUE), "01 61"),
        Arguments.of(new VectorType(INT, Integer.MAX_VALUE), "00000000"));
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void refusesBytesThatDoNotFit(DataType type, String hex) {
    assertThatThrownBy(() -> decode(type, hex)).isInstanceOf(BadValue.class);
  }

  /** A set of so many values with so many fields each would need gigabytes, and hours to hash. */
  @Test
  void takesNoMoreMemoryAndTimeThanTheBytesOfUserTypesJustify() {
    int fieldCount = 30_000;
    List<String> names = IntStream.range(0, fieldCount).mapToObj(i -> "f" + i).toList();
    UserType wide = new UserType("ks", "u", names, Collections.nCopies(fieldCount, INT));
    int values = 50_000;
    byte[] bytes = new byte[Integer.BYTES + values * 3 * Integer.BYTES];
    BigEndian.putInt(bytes, 0, values);
    for (int i = 0; i < values; i++) {
      int at = Integer.BYTES + i * 3 * Integer.BYTES;
      BigEndian.putInt(bytes, at, 2 * Integer.BYTES);
      BigEndian.putInt(bytes, at + Integer.BYTES, Integer.BYTES);
      BigEndian.putInt(bytes, at + 2 * Integer.BYTES, i);
    }

    Set<?> read = (Set<?>) Bytes.decode(codecs.defaultCodec(new SetType(wide)), bytes);

    assertThat(read).hasSize(values);
    UdtValue first = (UdtValue) read.iterator().next();
    assertThat(first.size()).isEqualTo(fieldCount);
    assertThat(first.get(0)).isEqualTo(0);
    assertThat(first.get(fieldCount - 1)).isNull();
  }

  @Test
  void refusesTypesNestedTooDeep() {
    DataType type = INT;
    for (int i = 1; i < CodecBuilder.MAX_DEPTH; i++) {
      type = new ListType(type);
    }
    assertThat(codecs.defaultCodec(type)).isNotNull();
    DataType deeper = new ListType(type);
    assertThatThrownBy(() -> codecs.defaultCodec(deeper))
        .isInstanceOf(CodecFailed.class)
        .hasMessageContaining("nested deeper than 32");
  }
}
