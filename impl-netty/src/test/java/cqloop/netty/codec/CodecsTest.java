package cqloop.netty.codec;

import static cqloop.netty.codec.Bytes.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cqloop.spi.CodecRegistry;
import cqloop.spi.TypeCodec;
import cqloop.spi.TypeCodecProvider;
import cqloop.spi.ValueWriter;
import cqloop.type.CustomType;
import cqloop.type.DataType;
import cqloop.type.GenericType;
import cqloop.type.ListType;
import cqloop.type.PrimitiveType;
import cqloop.type.SetType;
import cqloop.type.TupleType;
import cqloop.type.VectorType;
import java.time.DayOfWeek;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CodecsTest {

  private static Codecs with(TypeCodec<?>... codecs) {
    return Codecs.of(List.of(codecs), List.of());
  }

  /** Value. Any CQL type as strings that begin with a mark. */
  private record Marked(DataType cqlType) implements TypeCodec<String> {

    @Override
    public GenericType<String> javaType() {
      return GenericType.of(String.class);
    }

    @Override
    public void encode(String value, ValueWriter out) {
      out.writeUtf8("!" + value);
    }

    @Override
    public String decode(byte[] bytes, int offset, int length) {
      return "!" + Utf8.decode(bytes, offset, length);
    }
  }

  @Test
  void putsTheCodecOfTheUserBeforeTheBuiltInOne() {
    Codecs codecs = with(new Marked(PrimitiveType.TEXT));

    assertThat(Bytes.decode(codecs.defaultCodec(PrimitiveType.TEXT), hex("61"))).isEqualTo("!a");
    assertThat(Bytes.encode(codecs.codecForValue(PrimitiveType.TEXT, "a"), "a"))
        .isEqualTo(hex("2161"));
    assertThat(codecs.codecFor(PrimitiveType.ASCII, GenericType.of(String.class)))
        .isNotInstanceOf(Marked.class);
  }

  @Test
  void usesTheCodecOfTheUserWithinOtherTypes() {
    Codecs codecs = with(new BuilderCodec(), new Marked(PrimitiveType.TEXT));
    DataType list = new ListType(PrimitiveType.TEXT);

    assertThat(Bytes.encode(codecs.codecForValue(list, List.of("a")), List.of("a")))
        .isEqualTo(hex("00000001 00000002 2161"));
    List<StringBuilder> builders = List.of(new StringBuilder("a"));
    assertThat(Bytes.encode(codecs.codecForValue(list, builders), builders))
        .isEqualTo(hex("00000001 00000001 61"));
    assertThat(
            (List<?>)
                Bytes.decode(
                    codecs.codecFor(list, GenericType.listOf(StringBuilder.class)),
                    hex("00000001 00000001 61")))
        .extracting(Object::toString)
        .containsExactly("a");
  }

  @Test
  void keepsTheUsualJavaTypeWhenTheUserHasAnother() {
    assertThat(with(new BuilderCodec()).defaultCodec(PrimitiveType.TEXT).javaType())
        .isEqualTo(GenericType.of(String.class));
  }

  @Test
  void readsCustomTypesWithTheCodecOfTheUser() {
    DataType custom = new CustomType("com.acme.X");

    assertThat(Bytes.decode(with(new Marked(custom)).defaultCodec(custom), hex("61")))
        .isEqualTo("!a");
  }

  @Test
  void letsTheCodecOfAProviderUseOthers() {
    TypeCodecProvider provider = registry -> List.of(new FirstOfList(registry));
    Codecs codecs = Codecs.of(List.of(), List.of(provider));
    DataType list = new ListType(PrimitiveType.INT);

    assertThat(
            Bytes.decode(
                codecs.codecFor(list, GenericType.of(Integer.class)),
                hex("00000001 00000004 00000007")))
        .isEqualTo(7);
  }

  private record FirstOfList(CodecRegistry registry) implements TypeCodec<Integer> {

    @Override
    public DataType cqlType() {
      return new ListType(PrimitiveType.INT);
    }

    @Override
    public GenericType<Integer> javaType() {
      return GenericType.of(Integer.class);
    }

    @Override
    public void encode(Integer value, ValueWriter out) {
      registry.codecFor(cqlType(), GenericType.listOf(Integer.class)).encode(List.of(value), out);
    }

    @Override
    public Integer decode(byte[] bytes, int offset, int length) {
      return registry
          .codecFor(cqlType(), GenericType.listOf(Integer.class))
          .decode(bytes, offset, length)
          .get(0);
    }
  }

  @Test
  void refusesToBeAskedBeforeTheProviderHasAnswered() {
    TypeCodecProvider early =
        registry -> {
          registry.defaultCodec(PrimitiveType.INT);
          return List.of();
        };

    assertThatThrownBy(() -> Codecs.of(List.of(), List.of(early)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("before the provider had given its codecs");
  }

  @Test
  void findsTheSameCodecAgain() {
    Codecs codecs = Codecs.builtIn();
    DataType type = new SetType(new ListType(PrimitiveType.INT));
    GenericType<?> javaType = GenericType.setOf(GenericType.listOf(Long.class));

    assertThat((Object) codecs.codecFor(type, javaType)).isSameAs(codecs.codecFor(type, javaType));
    assertThat((Object) codecs.defaultCodec(type)).isSameAs(codecs.defaultCodec(type));
  }

  @Test
  void keepsNoMoreCodecsThanItsBoundAndStillFindsAll() {
    Codecs codecs = Codecs.builtIn();
    for (int dimension = 1; dimension < Codecs.MAX_KEPT + 10; dimension++) {
      codecs.defaultCodec(new VectorType(PrimitiveType.INT, dimension));
    }
    DataType beyond = new VectorType(PrimitiveType.INT, Codecs.MAX_KEPT + 5);

    assertThat((Object) codecs.defaultCodec(beyond)).isNotSameAs(codecs.defaultCodec(beyond));
    assertThat(codecs.defaultCodec(beyond).cqlType()).isEqualTo(beyond);
  }

  @Test
  void readsEnumsAsAskedAndNamesWhatIsWrong() {
    Codecs codecs = Codecs.builtIn();
    TypeCodec<DayOfWeek> codec =
        codecs.codecFor(PrimitiveType.TEXT, GenericType.of(DayOfWeek.class));

    assertThat(Bytes.decode(codec, hex("4d4f4e444159"))).isEqualTo(DayOfWeek.MONDAY);
    assertThatThrownBy(() -> Bytes.decode(codec, hex("61")))
        .hasMessage("the enum has no constant of this name");
  }

  @Test
  void namesWhatFitsEveryKindOfType() {
    Codecs codecs = Codecs.builtIn();
    for (Map.Entry<DataType, String> expected :
        Map.of(
                PrimitiveType.TEXT,
                "It can be java.lang.String, ",
                new ListType(PrimitiveType.INT),
                "It can be java.util.List",
                new SetType(PrimitiveType.INT),
                "It can be java.util.Set",
                TupleType.of(PrimitiveType.INT),
                "It can be cqloop.type.TupleValue, java.util.List",
                new VectorType(PrimitiveType.FLOAT, 2),
                "It can be java.util.List, float[]")
            .entrySet()) {
      assertThatThrownBy(() -> codecs.codecForValue(expected.getKey(), new Object()))
          .hasMessageContaining("as Java type java.lang.Object: no codec has both. ")
          .hasMessageContaining(expected.getValue());
    }
    assertThatThrownBy(
            () -> codecs.codecFor(new ListType(PrimitiveType.INT), GenericType.listOf(Set.class)))
        .hasMessageStartingWith("CQL type int as Java type java.util.Set: no codec has both");
  }
}
