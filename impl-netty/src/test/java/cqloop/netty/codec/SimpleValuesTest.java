package cqloop.netty.codec;

import static cqloop.netty.codec.Bytes.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cqloop.error.CodecFailed;
import cqloop.type.CqlDuration;
import cqloop.type.DataType;
import cqloop.type.ListType;
import cqloop.type.MapType;
import cqloop.type.PrimitiveType;
import cqloop.type.SetType;
import cqloop.type.TupleType;
import cqloop.type.TupleValue;
import cqloop.type.TypedValue;
import cqloop.type.UdtValue;
import cqloop.type.Unset;
import cqloop.type.UserType;
import cqloop.type.VectorType;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SimpleValuesTest {

  private final Codecs codecs = Codecs.builtIn();
  private final SimpleValues values = new SimpleValues(codecs, true);

  private DataType guess(Object value) {
    return TypeGuess.of(codecs, value);
  }

  @Test
  void encodesByPosition() {
    assertThat(values.encode(Arrays.asList(1, "a", null, Unset.UNSET, Optional.empty())))
        .isEqualTo(hex("0005 00000004 00000001 00000001 61 ffffffff fffffffe ffffffff"));
    assertThat(values.encode(List.of())).isEqualTo(hex("0000"));
  }

  @Test
  void encodesByNameAsCqlTakesNames() {
    Map<String, Object> named = new LinkedHashMap<>();
    named.put("Total", 1L);
    named.put("\"Note\"", null);

    assertThat(values.encodeNamed(named))
        .isEqualTo(
            hex("0002 0005 746f74616c 00000008 0000000000000001" + "0004 4e6f7465 ffffffff"));
  }

  @Test
  void refusesANameGivenTwice() {
    Map<String, Object> named = new LinkedHashMap<>();
    named.put("a", 1);
    named.put("A", 2);

    assertThatThrownBy(() -> values.encodeNamed(named))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The value 'a' is given twice");
  }

  @Test
  void guessesTheCqlTypeFromTheJavaType() throws Exception {
    assertThat(guess(1)).isEqualTo(PrimitiveType.INT);
    assertThat(guess(1L)).isEqualTo(PrimitiveType.BIGINT);
    assertThat(guess((short) 1)).isEqualTo(PrimitiveType.SMALLINT);
    assertThat(guess((byte) 1)).isEqualTo(PrimitiveType.TINYINT);
    assertThat(guess(1f)).isEqualTo(PrimitiveType.FLOAT);
    assertThat(guess(1d)).isEqualTo(PrimitiveType.DOUBLE);
    assertThat(guess(BigInteger.ONE)).isEqualTo(PrimitiveType.VARINT);
    assertThat(guess(BigDecimal.ONE)).isEqualTo(PrimitiveType.DECIMAL);
    assertThat(guess(true)).isEqualTo(PrimitiveType.BOOLEAN);
    assertThat(guess("a")).isEqualTo(PrimitiveType.TEXT);
    assertThat(guess(new JsonObject())).isEqualTo(PrimitiveType.TEXT);
    assertThat(guess(DayOfWeek.MONDAY)).isEqualTo(PrimitiveType.TEXT);
    assertThat(guess(UUID.randomUUID())).isEqualTo(PrimitiveType.UUID);
    assertThat(guess(InetAddress.getByName("::1"))).isEqualTo(PrimitiveType.INET);
    assertThat(guess(Instant.now())).isEqualTo(PrimitiveType.TIMESTAMP);
    assertThat(guess(new java.util.Date())).isEqualTo(PrimitiveType.TIMESTAMP);
    assertThat(guess(LocalDate.EPOCH)).isEqualTo(PrimitiveType.DATE);
    assertThat(guess(LocalTime.NOON)).isEqualTo(PrimitiveType.TIME);
    assertThat(guess(CqlDuration.ZERO)).isEqualTo(PrimitiveType.DURATION);
    assertThat(guess(Duration.ZERO)).isEqualTo(PrimitiveType.DURATION);
    assertThat(guess(new byte[0])).isEqualTo(PrimitiveType.BLOB);
    assertThat(guess(Buffer.buffer())).isEqualTo(PrimitiveType.BLOB);
    assertThat(guess(new float[3])).isEqualTo(new VectorType(PrimitiveType.FLOAT, 3));
    assertThat(guess(List.of(1))).isEqualTo(new ListType(PrimitiveType.INT));
    assertThat(guess(Set.of("a"))).isEqualTo(new SetType(PrimitiveType.TEXT));
    assertThat(guess(Map.of("a", List.of(1L))))
        .isEqualTo(new MapType(PrimitiveType.TEXT, new ListType(PrimitiveType.BIGINT)));
    TupleType tuple = TupleType.of(PrimitiveType.INT);
    assertThat(guess(TupleValue.of(tuple, 1))).isEqualTo(tuple);
    UserType udt = new UserType("k", "u", List.of("a"), List.of(PrimitiveType.INT));
    assertThat(guess(UdtValue.of(udt, 1))).isEqualTo(udt);
  }

  @Test
  void encodesEveryGuess() {
    assertThat(values.encode(List.of(List.of(1, 2), Map.of("a", true), new float[] {1.5f})))
        .isEqualTo(
            hex(
                "0003 00000014 00000002 00000004 00000001 00000004 00000002"
                    + "0000000e 00000001 00000001 61 00000001 01"
                    + "00000004 3fc00000"));
  }

  @Test
  void encodesEmptyCollectionsOfAnyType() {
    assertThat(values.encode(List.of(List.of(), Set.of(), Map.of())))
        .isEqualTo(hex("0003 00000004 00000000 00000004 00000000 00000004 00000000"));
  }

  @Test
  void takesTheTypeOfATypedValue() {
    assertThat(
            values.encode(
                List.of(
                    TypedValue.of(PrimitiveType.BIGINT, 1),
                    TypedValue.of(PrimitiveType.INT, null),
                    TypedValue.of(PrimitiveType.INT, Unset.UNSET),
                    TypedValue.of(new ListType(PrimitiveType.SMALLINT), List.of(1)))))
        .isEqualTo(
            hex(
                "0004 00000008 0000000000000001 ffffffff fffffffe"
                    + "0000000a 00000001 00000002 0001"));
  }

  @Test
  void namesThePositionAndNeverTheValue() {
    assertThatThrownBy(() -> values.encode(List.of(1, TypedValue.of(PrimitiveType.INT, "secret"))))
        .isInstanceOf(CodecFailed.class)
        .hasMessageStartingWith("Column '1', CQL type int as Java type java.lang.String")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("secret"));
    assertThatThrownBy(() -> values.encode(Collections.singletonList(Arrays.asList(1, null))))
        .isInstanceOf(CodecFailed.class)
        .hasMessageContaining("must not hold null");
  }

  @Test
  void refusesWhatStandsForNoType() {
    assertThatThrownBy(() -> values.encode(List.of(new StringBuilder())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("The value '0' is of Java type java.lang.StringBuilder");
    assertThatThrownBy(() -> values.encode(Collections.nCopies(65_536, 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("A statement takes at most 65535 values, not 65536");
  }

  @Test
  void refusesUnsetWhereTheProtocolHasNone() {
    SimpleValues v3 = new SimpleValues(codecs, false);

    assertThatThrownBy(() -> v3.encodeNamed(Map.of("a", Unset.UNSET)))
        .isInstanceOf(CodecFailed.class)
        .hasMessageContaining("'a'")
        .hasMessageContaining("from v4 only");
  }

  @Test
  void asksTheCodecsOfTheUserForJavaTypesItDoesNotKnow() {
    SimpleValues withUser =
        new SimpleValues(Codecs.of(List.of(new BuilderCodec()), List.of()), true);

    assertThat(withUser.encode(List.of(new StringBuilder("x"), "y")))
        .isEqualTo(hex("0002 00000001 78 00000001 79"));
  }
}
