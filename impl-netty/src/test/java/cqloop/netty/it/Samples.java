package cqloop.netty.it;

import cqloop.testkit.ServerLine;
import cqloop.type.CqlDuration;
import cqloop.type.DataType;
import cqloop.type.PrimitiveType;
import cqloop.type.TimeUuids;
import io.vertx.core.buffer.Buffer;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Value. Values of one CQL type that are worth a round trip: the first two differ.
 *
 * @param type the type
 * @param values values of its usual Java type
 */
record Samples(DataType type, List<?> values) {

  /** Returns the scalar types that a line has, but for counter. */
  static List<Samples> of(ServerLine line) {
    List<Samples> all = new ArrayList<>();
    all.add(of(PrimitiveType.ASCII, "ascii", "~", " "));
    all.add(of(PrimitiveType.TEXT, "text", "Grüße, 世界 \uD83D\uDE00", " "));
    all.add(
        of(
            PrimitiveType.BLOB,
            Buffer.buffer(new byte[] {0, -1}),
            Buffer.buffer("b"),
            Buffer.buffer()));
    all.add(of(PrimitiveType.BOOLEAN, true, false));
    all.add(of(PrimitiveType.TINYINT, (byte) 1, Byte.MIN_VALUE, Byte.MAX_VALUE));
    all.add(of(PrimitiveType.SMALLINT, (short) 1, Short.MIN_VALUE, Short.MAX_VALUE));
    all.add(of(PrimitiveType.INT, 1, Integer.MIN_VALUE, Integer.MAX_VALUE, 0));
    all.add(of(PrimitiveType.BIGINT, 1L, Long.MIN_VALUE, Long.MAX_VALUE));
    all.add(
        of(
            PrimitiveType.VARINT,
            BigInteger.ONE,
            BigInteger.valueOf(-129),
            BigInteger.ONE.shiftLeft(1000).negate()));
    all.add(of(PrimitiveType.FLOAT, 1.5f, -0.0f, Float.NaN, Float.MIN_VALUE));
    all.add(of(PrimitiveType.DOUBLE, 1.5d, -0.0d, Double.NaN, Double.MAX_VALUE));
    all.add(
        of(
            PrimitiveType.DECIMAL,
            new BigDecimal("3.140"),
            new BigDecimal("-1E+30"),
            new BigDecimal("1E-30")));
    all.add(of(PrimitiveType.UUID, new UUID(1, 2), UUID.randomUUID()));
    all.add(of(PrimitiveType.TIMEUUID, TimeUuids.next(), TimeUuids.at(Instant.EPOCH)));
    all.add(of(PrimitiveType.INET, address("10.0.0.1"), address("2001:db8::1")));
    all.add(
        of(
            PrimitiveType.DATE,
            LocalDate.of(2024, 2, 29),
            LocalDate.of(-500, 1, 1),
            LocalDate.of(100_000, 12, 31)));
    all.add(
        of(
            PrimitiveType.TIME,
            LocalTime.of(23, 59, 59, 999_999_999),
            LocalTime.MIDNIGHT,
            LocalTime.ofNanoOfDay(1)));
    all.add(
        of(
            PrimitiveType.TIMESTAMP,
            Instant.ofEpochMilli(1),
            Instant.ofEpochMilli(-62_135_596_800_001L)));
    if (line.atLeast(ServerLine.V4_0)) {
      // 3.11 has the type from protocol v5 on only, which is a beta version there.
      all.add(
          of(
              PrimitiveType.DURATION,
              CqlDuration.of(1, 2, 3),
              CqlDuration.of(-1, -2, Long.MIN_VALUE + 1),
              CqlDuration.ZERO));
    }
    return all;
  }

  private static Samples of(DataType type, Object... values) {
    return new Samples(type, List.of(values));
  }

  String column(String prefix) {
    return prefix + "_" + type.cql();
  }

  Object first() {
    return values.get(0);
  }

  Object second() {
    return values.get(1);
  }

  /** Whether sets may hold it and maps have it as key. */
  boolean isOrdered() {
    return type != PrimitiveType.DURATION;
  }

  private static InetAddress address(String text) {
    try {
      return InetAddress.getByName(text);
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }
}
