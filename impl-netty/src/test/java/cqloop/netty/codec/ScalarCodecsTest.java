package cqloop.netty.codec;

import static cqloop.netty.codec.Bytes.hex;
import static cqloop.type.PrimitiveType.ASCII;
import static cqloop.type.PrimitiveType.BIGINT;
import static cqloop.type.PrimitiveType.BLOB;
import static cqloop.type.PrimitiveType.BOOLEAN;
import static cqloop.type.PrimitiveType.COUNTER;
import static cqloop.type.PrimitiveType.DATE;
import static cqloop.type.PrimitiveType.DECIMAL;
import static cqloop.type.PrimitiveType.DOUBLE;
import static cqloop.type.PrimitiveType.DURATION;
import static cqloop.type.PrimitiveType.FLOAT;
import static cqloop.type.PrimitiveType.INET;
import static cqloop.type.PrimitiveType.INT;
import static cqloop.type.PrimitiveType.SMALLINT;
import static cqloop.type.PrimitiveType.TEXT;
import static cqloop.type.PrimitiveType.TIME;
import static cqloop.type.PrimitiveType.TIMESTAMP;
import static cqloop.type.PrimitiveType.TIMEUUID;
import static cqloop.type.PrimitiveType.TINYINT;
import static cqloop.type.PrimitiveType.UUID;
import static cqloop.type.PrimitiveType.VARINT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cqloop.error.CodecFailed;
import cqloop.type.CqlDuration;
import cqloop.type.DataType;
import cqloop.type.GenericType;
import cqloop.type.PrimitiveType;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Bytes as the protocol specification and a second calculation give them, never our own encoder.
 */
class ScalarCodecsTest {

  private static final String ID = "12345678-1234-1234-8234-123456789abc";
  private static final String TIME_ID = "13814000-1dd2-11b2-8080-808080808080";

  private final Codecs codecs = Codecs.builtIn();

  static Stream<Arguments> vectors() throws Exception {
    return Stream.of(
        Arguments.of(BOOLEAN, true, "01"),
        Arguments.of(BOOLEAN, false, "00"),
        Arguments.of(TINYINT, (byte) -1, "ff"),
        Arguments.of(SMALLINT, (short) -2, "fffe"),
        Arguments.of(INT, 1, "00000001"),
        Arguments.of(INT, Integer.MIN_VALUE, "80000000"),
        Arguments.of(BIGINT, -1L, "ffffffffffffffff"),
        Arguments.of(COUNTER, 258L, "0000000000000102"),
        Arguments.of(VARINT, BigInteger.valueOf(128), "0080"),
        Arguments.of(VARINT, BigInteger.valueOf(-128), "80"),
        Arguments.of(VARINT, BigInteger.ZERO, "00"),
        Arguments.of(DECIMAL, new BigDecimal("-1.23"), "0000000285"),
        Arguments.of(DECIMAL, new BigDecimal(BigInteger.ONE, -3), "fffffffd01"),
        Arguments.of(FLOAT, 1.5f, "3fc00000"),
        Arguments.of(DOUBLE, -2.0, "c000000000000000"),
        Arguments.of(TEXT, "aé", "61c3a9"),
        Arguments.of(TEXT, "", ""),
        Arguments.of(ASCII, "az", "617a"),
        Arguments.of(BLOB, Buffer.buffer(new byte[] {0, -1}), "00ff"),
        Arguments.of(UUID, java.util.UUID.fromString(ID), "12345678123412348234123456789abc"),
        Arguments.of(
            TIMEUUID, java.util.UUID.fromString(TIME_ID), "138140001dd211b28080808080808080"),
        Arguments.of(INET, InetAddress.getByName("127.0.0.1"), "7f000001"),
        Arguments.of(INET, InetAddress.getByName("::1"), "00000000000000000000000000000001"),
        Arguments.of(DATE, LocalDate.EPOCH, "80000000"),
        Arguments.of(DATE, LocalDate.of(1969, 12, 31), "7fffffff"),
        Arguments.of(TIME, LocalTime.of(23, 59, 59, 999_999_999), "00004e94914effff"),
        Arguments.of(TIMESTAMP, Instant.ofEpochMilli(-1), "ffffffffffffffff"),
        Arguments.of(DURATION, CqlDuration.of(1, 2, 3), "020406"),
        Arguments.of(DURATION, CqlDuration.of(-1, -2, -3), "010305"),
        Arguments.of(DURATION, CqlDuration.of(0, 0, 43_200_000_000_000L), "0000fc4e94914f0000"));
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void writesAndReadsTheUsualJavaTypeAsTheProtocolSays(DataType type, Object value, String hex) {
    assertThat(Bytes.encode(codecs.codecForValue(type, value), value)).isEqualTo(hex(hex));
    assertThat(Bytes.decode(codecs.defaultCodec(type), hex(hex))).isEqualTo(value);
  }

  static Stream<Arguments> otherJavaTypes() {
    Instant instant = Instant.parse("2026-01-31T12:00:00.001Z");
    return Stream.of(
        Arguments.of(INT, 7L, "00000007"),
        Arguments.of(INT, (short) 7, "00000007"),
        Arguments.of(INT, (byte) 7, "00000007"),
        Arguments.of(BIGINT, 7, "0000000000000007"),
        Arguments.of(COUNTER, (short) 7, "0000000000000007"),
        Arguments.of(TINYINT, -128, "80"),
        Arguments.of(SMALLINT, 256L, "0100"),
        Arguments.of(VARINT, 128L, "0080"),
        Arguments.of(DECIMAL, 5L, "0000000005"),
        Arguments.of(DECIMAL, 5, "0000000005"),
        Arguments.of(FLOAT, 1.5, "3fc00000"),
        Arguments.of(DOUBLE, -2f, "c000000000000000"),
        Arguments.of(TEXT, new JsonObject().put("a", 1), "7b2261223a317d"),
        Arguments.of(TEXT, new JsonArray().add(1), "5b315d"),
        Arguments.of(TEXT, Buffer.buffer("a"), "61"),
        Arguments.of(TEXT, new byte[] {0x61}, "61"),
        Arguments.of(TEXT, DayOfWeek.MONDAY, "4d4f4e444159"),
        Arguments.of(BLOB, new byte[] {1}, "01"),
        Arguments.of(BLOB, ByteBuffer.wrap(new byte[] {1, 2}), "0102"),
        Arguments.of(UUID, ID, "12345678123412348234123456789abc"),
        Arguments.of(INET, "10.0.0.1", "0a000001"),
        Arguments.of(DATE, "1970-01-01", "80000000"),
        Arguments.of(TIME, "00:00:00.000000001", "0000000000000001"),
        Arguments.of(TIMESTAMP, 1L, "0000000000000001"),
        Arguments.of(TIMESTAMP, new Date(1), "0000000000000001"),
        Arguments.of(TIMESTAMP, "1970-01-01T00:00:00.001Z", "0000000000000001"),
        Arguments.of(
            TIMESTAMP, OffsetDateTime.parse("1970-01-01T00:00:00.001Z"), "0000000000000001"),
        Arguments.of(TIMESTAMP, Instant.ofEpochMilli(1).atZone(ZoneOffset.UTC), "0000000000000001"),
        Arguments.of(TIMESTAMP, instant, "0000019c13ec9e01"),
        Arguments.of(DURATION, Duration.ofHours(12), "0000fc4e94914f0000"),
        Arguments.of(DURATION, Period.of(0, 1, 2), "020400"),
        Arguments.of(DURATION, "1mo2d3ns", "020406"));
  }

  @ParameterizedTest
  @MethodSource("otherJavaTypes")
  void writesAndReadsOtherJavaTypes(DataType type, Object value, String hex) {
    assertThat(Bytes.encode(codecs.codecForValue(type, value), value)).isEqualTo(hex(hex));
    Object read = Bytes.decode(codecs.codecFor(type, javaType(value)), hex(hex));
    assertThat(read).isEqualTo(value);
  }

  private static GenericType<?> javaType(Object value) {
    if (value instanceof Buffer) {
      return GenericType.of(Buffer.class);
    }
    return value instanceof ByteBuffer
        ? GenericType.of(ByteBuffer.class)
        : GenericType.of(value.getClass());
  }

  static Stream<Arguments> refusedValues() {
    return Stream.of(
        Arguments.of(INT, 1L << 40),
        Arguments.of(TINYINT, 300),
        Arguments.of(SMALLINT, -32769L),
        Arguments.of(FLOAT, 1e300),
        Arguments.of(ASCII, "é"),
        Arguments.of(UUID, "1-1-1-1-1"),
        Arguments.of(UUID, "12345678-1234-1234-8234-12345678zzzz"),
        Arguments.of(TIMEUUID, java.util.UUID.fromString("12345678-1234-4234-8234-123456789abc")),
        Arguments.of(INET, "localhost"),
        Arguments.of(DATE, "31.1.2026"),
        Arguments.of(DATE, LocalDate.MAX),
        Arguments.of(TIMESTAMP, Instant.MAX),
        Arguments.of(DURATION, Period.of(0, 1, -1)),
        Arguments.of(DURATION, "soon"));
  }

  @ParameterizedTest
  @MethodSource("refusedValues")
  void refusesValuesThatDoNotFitWithoutShowingThem(DataType type, Object value) {
    assertThatThrownBy(() -> Bytes.encode(codecs.codecForValue(type, value), value))
        .isInstanceOf(BadValue.class)
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain(value.toString()));
  }

  static Stream<Arguments> malformed() {
    return Stream.of(
        Arguments.of(INT, "000000"),
        Arguments.of(INT, "0000000000"),
        Arguments.of(BIGINT, "00"),
        Arguments.of(TINYINT, "0000"),
        Arguments.of(SMALLINT, "00"),
        Arguments.of(BOOLEAN, "0101"),
        Arguments.of(FLOAT, "0000"),
        Arguments.of(DOUBLE, "00000000"),
        Arguments.of(UUID, "00".repeat(15)),
        Arguments.of(INET, "0102030405"),
        Arguments.of(DATE, "8000"),
        Arguments.of(TIME, "00004e94914f0000"),
        Arguments.of(TIME, "ffffffffffffffff"),
        Arguments.of(TIMESTAMP, "00"),
        Arguments.of(DECIMAL, "00000002"),
        Arguments.of(TEXT, "ff"),
        Arguments.of(TEXT, "c3"),
        Arguments.of(DURATION, "0204"),
        Arguments.of(DURATION, "02040600"),
        Arguments.of(DURATION, "020305"),
        Arguments.of(DURATION, "ff"),
        Arguments.of(DURATION, "f10000000100000000".substring(0, 10) + "0000"));
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void refusesBytesThatDoNotFit(DataType type, String hex) {
    assertThatThrownBy(() -> Bytes.decode(codecs.defaultCodec(type), hex(hex)))
        .isInstanceOf(BadValue.class);
  }

  @ParameterizedTest
  @EnumSource(PrimitiveType.class)
  void readsAnEmptyValueAsNullWhereTheJavaTypeHasNone(PrimitiveType type) {
    Object read = Bytes.decode(codecs.defaultCodec(type), new byte[0]);
    switch (type) {
      case TEXT, ASCII -> assertThat(read).isEqualTo("");
      case BLOB -> assertThat(read).isEqualTo(Buffer.buffer());
      default -> assertThat(read).isNull();
    }
  }

  @Test
  void readsAnyByteButZeroAsTrue() {
    assertThat(Bytes.decode(codecs.defaultCodec(BOOLEAN), hex("02"))).isEqualTo(true);
  }

  @Test
  void keepsTheReplacementCharacterWhenItIsWhatWasSent() {
    assertThat(Bytes.decode(codecs.defaultCodec(TEXT), hex("61efbfbd"))).isEqualTo("a\uFFFD");
  }

  @Test
  void keepsTheBitsOfNotANumber() {
    byte[] nan = hex("7fc00123");
    Float read = (Float) Bytes.decode(codecs.defaultCodec(FLOAT), nan);
    assertThat(Bytes.encode(codecs.defaultCodec(FLOAT), read)).isEqualTo(nan);
  }

  @Test
  void neverExpandsAHostileScale() {
    for (String scale : List.of("7fffffff", "80000000")) {
      BigDecimal read = (BigDecimal) Bytes.decode(codecs.defaultCodec(DECIMAL), hex(scale + "05"));
      assertThat(read.unscaledValue()).isEqualTo(BigInteger.valueOf(5));
      assertThat(read.toString()).hasSizeLessThan(20);
      assertThatThrownBy(
              () ->
                  Bytes.decode(
                      codecs.codecFor(DECIMAL, GenericType.of(Long.class)), hex(scale + "05")))
          .isInstanceOf(BadValue.class);
    }
  }

  @Test
  void writesAByteBufferFromPositionToLimitAndMovesNeither() {
    ByteBuffer buffer = ByteBuffer.wrap(new byte[] {1, 2, 3, 4}).position(1).limit(3);
    assertThat(Bytes.encode(codecs.codecForValue(BLOB, buffer), buffer)).isEqualTo(hex("0203"));
    assertThat(buffer.position()).isEqualTo(1);
    assertThat(buffer.limit()).isEqualTo(3);
  }

  @Test
  void namesWhatFitsWhenNoCodecHasBothTypes() {
    assertThatThrownBy(() -> codecs.codecForValue(INT, "12"))
        .isInstanceOf(CodecFailed.class)
        .hasMessage(
            "CQL type int as Java type java.lang.String: no codec has both. It can be"
                + " java.lang.Integer, java.lang.Byte, java.lang.Short, java.lang.Long");
  }
}
