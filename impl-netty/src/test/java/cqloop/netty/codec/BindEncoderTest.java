package cqloop.netty.codec;

import static cqloop.netty.codec.Bytes.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cqloop.Column;
import cqloop.Columns;
import cqloop.error.CodecFailed;
import cqloop.spi.TypeCodec;
import cqloop.spi.ValueWriter;
import cqloop.type.DataType;
import cqloop.type.GenericType;
import cqloop.type.ListType;
import cqloop.type.PrimitiveType;
import cqloop.type.TypedValue;
import cqloop.type.Unset;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class BindEncoderTest {

  private static final UUID ID = UUID.fromString("12345678-1234-1234-8234-123456789abc");

  private final Codecs codecs = Codecs.builtIn();

  static Columns variables(Object... namesAndTypes) {
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < namesAndTypes.length; i += 2) {
      columns.add(
          new Column("ks", "t", (String) namesAndTypes[i], (DataType) namesAndTypes[i + 1]));
    }
    return Columns.of(columns);
  }

  /** The variables are named a, b, c and so on. */
  static BindEncoder encoderOf(DataType... types) {
    List<Column> columns = new ArrayList<>();
    for (DataType type : types) {
      columns.add(new Column("ks", "t", String.valueOf((char) ('a' + columns.size())), type));
    }
    return new BindEncoder(Columns.of(columns), Codecs.builtIn(), true, new int[0]);
  }

  private BindEncoder encoder(Object... namesAndTypes) {
    return new BindEncoder(variables(namesAndTypes), codecs, true, new int[0]);
  }

  @Test
  void writesCountLengthsAndBytes() {
    BindEncoder encoder =
        encoderOf(PrimitiveType.INT, PrimitiveType.BIGINT, PrimitiveType.TEXT, PrimitiveType.UUID);

    assertThat(encoder.encode(1, 2L, "az", ID))
        .isEqualTo(
            hex(
                "0004 00000004 00000001 00000008 0000000000000002 00000002 617a"
                    + "00000010 12345678123412348234123456789abc"));
  }

  @Test
  void writesTheSameBytesWithAndWithoutAShortcut() {
    Object[][] values = {
      {PrimitiveType.INT, 1},
      {PrimitiveType.BIGINT, 2L},
      {PrimitiveType.COUNTER, 3L},
      {PrimitiveType.TEXT, "text"},
      {PrimitiveType.UUID, UUID.randomUUID()},
      {PrimitiveType.TIMEUUID, ID},
      {PrimitiveType.BLOB, new byte[] {1, 2}},
      {PrimitiveType.DOUBLE, 1.25},
      {PrimitiveType.FLOAT, 1.25f},
      {PrimitiveType.BOOLEAN, true},
      {PrimitiveType.SMALLINT, (short) -3},
      {PrimitiveType.TINYINT, (byte) -4},
      {PrimitiveType.TIMESTAMP, Instant.ofEpochMilli(-5)},
    };
    for (Object[] pair : values) {
      DataType type = (DataType) pair[0];
      ValueWriter shortcut = new ValueWriter(16);
      assertThat(Shortcuts.write(TypeCode.of(type), pair[1], shortcut)).as(type.cql()).isTrue();
      byte[] bare = Bytes.encode(codecs.codecForValue(type, pair[1]), pair[1]);
      ValueWriter expected = new ValueWriter(16);
      expected.writeInt(bare.length);
      expected.writeBytes(bare);
      assertThat(shortcut.toByteArray()).as(type.cql()).isEqualTo(expected.toByteArray());
    }
  }

  @Test
  void writesNullAndUnsetAndOptional() {
    BindEncoder encoder =
        encoderOf(
            PrimitiveType.INT,
            PrimitiveType.INT,
            PrimitiveType.INT,
            PrimitiveType.INT,
            PrimitiveType.INT);

    assertThat(
            encoder.encode(
                null,
                Unset.UNSET,
                Optional.empty(),
                Optional.of(5),
                TypedValue.of(PrimitiveType.BIGINT, 6)))
        .isEqualTo(hex("0005 ffffffff fffffffe ffffffff 00000004 00000005 00000004 00000006"));
  }

  @Test
  void refusesUnsetWhereTheProtocolHasNone() {
    BindEncoder encoder =
        new BindEncoder(variables("a", PrimitiveType.INT), codecs, false, new int[0]);

    assertThatThrownBy(() -> encoder.encode(Unset.UNSET))
        .isInstanceOf(CodecFailed.class)
        .hasMessageContaining("Column 'a'")
        .hasMessageContaining("from v4");
    assertThatThrownBy(() -> encoder.encode(encoder.inOrder(Map.of())))
        .isInstanceOf(CodecFailed.class);
  }

  @Test
  void setsEveryVariableOfANameAndLeavesTheOthersUnset() {
    BindEncoder encoder =
        encoder(
            "a",
            PrimitiveType.INT,
            "B",
            PrimitiveType.INT,
            "a",
            PrimitiveType.BIGINT,
            "c",
            PrimitiveType.INT);
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("A", 1);
    values.put("\"B\"", null);

    assertThat(encoder.encode(encoder.inOrder(values)))
        .isEqualTo(hex("0004 00000004 00000001 ffffffff 00000008 0000000000000001 fffffffe"));
  }

  @Test
  void namesTheVariablesWhenANameOrTheCountIsWrong() {
    BindEncoder encoder = encoder("a", PrimitiveType.INT, "b", PrimitiveType.TEXT);

    assertThatThrownBy(() -> encoder.inOrder(Map.of("x", 1)))
        .isInstanceOf(NoSuchElementException.class)
        .hasMessage("No variable 'x'. Known: a int, b text");
    assertThatThrownBy(() -> encoder.encode(1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The statement has 2 variables (a int, b text), but 1 values were given");
    assertThatThrownBy(() -> encoder.encode(1, "x", 2))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void namesVariableAndTypesAndNeverTheValue() {
    BindEncoder encoder = encoder("a", PrimitiveType.INT, "b", new ListType(PrimitiveType.INT));

    assertThatThrownBy(() -> encoder.encode("secret", null))
        .isInstanceOf(CodecFailed.class)
        .hasMessage(
            "Column 'a', CQL type int as Java type java.lang.String: no codec has both. It can be"
                + " java.lang.Integer, java.lang.Byte, java.lang.Short, java.lang.Long")
        .satisfies(e -> assertThat(((CodecFailed) e).column()).isEqualTo("a"));
    assertThatThrownBy(() -> encoder.encode(1, List.of(1, "secret")))
        .isInstanceOf(CodecFailed.class)
        .hasMessageStartingWith("Column 'b', CQL type list<int> as Java type ")
        .hasMessageContaining("CQL type int as Java type java.lang.String")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("secret"));
    assertThatThrownBy(() -> encoder.encode(1L << 40, null))
        .hasMessageContaining("outside -2147483648..2147483647");
  }

  @Test
  void leavesNothingBehindWhenAValueIsRefused() {
    BindEncoder encoder = encoder("a", PrimitiveType.INT, "b", PrimitiveType.INT);
    byte[] expected = encoder.encode(1, 2);

    assertThatThrownBy(() -> encoder.encode(1, "no")).isInstanceOf(CodecFailed.class);

    assertThat(encoder.encode(1, 2)).isEqualTo(expected);
  }

  @Test
  void takesSubtypesOfTheUsualJavaTypes() throws Exception {
    BindEncoder encoder = encoder("a", PrimitiveType.INET, "b", new ListType(PrimitiveType.INET));
    Object v4 = java.net.InetAddress.getByName("10.0.0.1");
    Object v6 = java.net.InetAddress.getByName("::1");

    assertThat(encoder.encode(v4, new java.util.LinkedList<>(List.of(v4, v6))))
        .isEqualTo(
            hex(
                "0002 00000004 0a000001"
                    + "00000020 00000002 00000004 0a000001"
                    + "00000010 00000000000000000000000000000001"));
  }

  @Test
  void asksTheCodecOfTheUserFirstAndForEachValue() {
    Codecs withUser = Codecs.of(List.of(new TextOfEvenLength()), List.of());
    BindEncoder encoder =
        new BindEncoder(variables("a", PrimitiveType.TEXT), withUser, true, new int[0]);

    assertThat(encoder.encode("even")).isEqualTo(hex("0001 00000001 ee"));
    assertThat(encoder.encode("odd")).isEqualTo(hex("0001 00000003 6f6464"));
    assertThat(encoder.encode("even")).isEqualTo(hex("0001 00000001 ee"));
  }

  @Test
  void mayBeUsedWithinACodecOfTheUser() {
    BindEncoder inner = encoder("x", PrimitiveType.INT);
    TypeCodec<StringBuilder> nesting =
        new BuilderCodec() {
          @Override
          public void encode(StringBuilder value, ValueWriter out) {
            out.writeBytes(inner.encode(7));
          }
        };
    BindEncoder outer =
        new BindEncoder(
            variables("a", PrimitiveType.INT, "b", PrimitiveType.TEXT, "c", PrimitiveType.INT),
            Codecs.of(List.of(nesting), List.of()),
            true,
            new int[0]);

    assertThat(outer.encode(1, new StringBuilder(), 2))
        .isEqualTo(hex("0003 00000004 00000001 0000000a 0001 00000004 00000007 00000004 00000002"));
  }

  @Test
  void keepsTheFailureOfAForeignCodecAsCause() {
    TypeCodec<StringBuilder> failing =
        new BuilderCodec() {
          @Override
          public void encode(StringBuilder value, ValueWriter out) {
            throw new IllegalStateException("of " + value);
          }
        };
    BindEncoder encoder =
        new BindEncoder(
            variables("a", PrimitiveType.TEXT),
            Codecs.of(List.of(failing), List.of()),
            true,
            new int[0]);

    assertThatThrownBy(() -> encoder.encode(new StringBuilder("secret")))
        .isInstanceOf(CodecFailed.class)
        .hasMessage(
            "Column 'a', CQL type text as Java type java.lang.StringBuilder: its codec threw"
                + " java.lang.IllegalStateException")
        .hasCauseInstanceOf(IllegalStateException.class);
  }

  private static final class TextOfEvenLength implements TypeCodec<String> {

    @Override
    public DataType cqlType() {
      return PrimitiveType.TEXT;
    }

    @Override
    public GenericType<String> javaType() {
      return GenericType.of(String.class);
    }

    @Override
    public boolean accepts(Object value) {
      return value instanceof String text && text.length() % 2 == 0;
    }

    @Override
    public void encode(String value, ValueWriter out) {
      out.writeByte(0xee);
    }

    @Override
    public String decode(byte[] bytes, int offset, int length) {
      return "even";
    }
  }
}
