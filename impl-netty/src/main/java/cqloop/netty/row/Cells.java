package cqloop.netty.row;

import cqloop.Column;
import cqloop.error.CodecFailed;
import cqloop.error.NullValue;
import cqloop.netty.codec.TypeCode;
import cqloop.netty.codec.Utf8;
import cqloop.netty.wire.BigEndian;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Value. Reads single cells as the Java types that need no codec. A position is that of the length
 * in front of the cell.
 */
final class Cells {

  private static final int UUID_BYTES = 16;

  private Cells() {}

  static int toInt(RowPage page, int index, int at) {
    return switch (page.plan.typeCode(index)) {
      case TypeCode.INT -> BigEndian.getInt(page.body, start(page, index, at, Integer.BYTES));
      case TypeCode.SMALLINT, TypeCode.TINYINT -> toShort(page, index, at);
      default -> throw wrongType(page, index, "int");
    };
  }

  static long toLong(RowPage page, int index, int at) {
    return switch (page.plan.typeCode(index)) {
      case TypeCode.BIGINT, TypeCode.COUNTER ->
          BigEndian.getLong(page.body, start(page, index, at, Long.BYTES));
      case TypeCode.INT, TypeCode.SMALLINT, TypeCode.TINYINT -> toInt(page, index, at);
      default -> throw wrongType(page, index, "long");
    };
  }

  static short toShort(RowPage page, int index, int at) {
    return switch (page.plan.typeCode(index)) {
      case TypeCode.SMALLINT -> BigEndian.getShort(page.body, start(page, index, at, Short.BYTES));
      case TypeCode.TINYINT -> toByte(page, index, at);
      default -> throw wrongType(page, index, "short");
    };
  }

  static byte toByte(RowPage page, int index, int at) {
    if (page.plan.typeCode(index) != TypeCode.TINYINT) {
      throw wrongType(page, index, "byte");
    }
    return page.body[start(page, index, at, Byte.BYTES)];
  }

  static boolean toBoolean(RowPage page, int index, int at) {
    if (page.plan.typeCode(index) != TypeCode.BOOLEAN) {
      throw wrongType(page, index, "boolean");
    }
    return page.body[start(page, index, at, 1)] != 0;
  }

  static float toFloat(RowPage page, int index, int at) {
    if (page.plan.typeCode(index) != TypeCode.FLOAT) {
      throw wrongType(page, index, "float");
    }
    return Float.intBitsToFloat(BigEndian.getInt(page.body, start(page, index, at, Float.BYTES)));
  }

  static double toDouble(RowPage page, int index, int at) {
    return switch (page.plan.typeCode(index)) {
      case TypeCode.DOUBLE ->
          Double.longBitsToDouble(
              BigEndian.getLong(page.body, start(page, index, at, Double.BYTES)));
      case TypeCode.FLOAT -> toFloat(page, index, at);
      default -> throw wrongType(page, index, "double");
    };
  }

  static @Nullable String toText(RowPage page, int index, int at) {
    int code = page.plan.typeCode(index);
    if (code != TypeCode.TEXT && code != TypeCode.ASCII) {
      throw wrongType(page, index, "java.lang.String");
    }
    int length = BigEndian.getInt(page.body, at);
    if (length < 0) {
      return null;
    }
    try {
      return Utf8.decode(page.body, at + Integer.BYTES, length);
    } catch (RuntimeException refused) {
      throw page.plan.failed(index, "java.lang.String", refused);
    }
  }

  static @Nullable UUID toUuid(RowPage page, int index, int at) {
    int code = page.plan.typeCode(index);
    if (code != TypeCode.UUID && code != TypeCode.TIMEUUID) {
      throw wrongType(page, index, "java.util.UUID");
    }
    if (BigEndian.getInt(page.body, at) <= 0) {
      return null;
    }
    int start = start(page, index, at, UUID_BYTES);
    return new UUID(
        BigEndian.getLong(page.body, start), BigEndian.getLong(page.body, start + Long.BYTES));
  }

  /**
   * Returns where the bytes of a cell begin.
   *
   * @throws NullValue when the cell is null or empty
   * @throws CodecFailed when it has another number of bytes than its type
   */
  private static int start(RowPage page, int index, int at, int expected) {
    int length = BigEndian.getInt(page.body, at);
    if (length != expected) {
      throw wrongLength(page, index, length, expected);
    }
    return at + Integer.BYTES;
  }

  private static RuntimeException wrongLength(RowPage page, int index, int length, int expected) {
    Column column = page.plan.columns().get(index);
    if (length <= 0) {
      return new NullValue(column.name(), column.type());
    }
    return new CodecFailed(
        column.name(),
        column.type(),
        "of its getter",
        "it has %s bytes instead of %s".formatted(length, expected),
        null);
  }

  private static CodecFailed wrongType(RowPage page, int index, String javaType) {
    Column column = page.plan.columns().get(index);
    return new CodecFailed(
        column.name(),
        column.type(),
        javaType,
        "the getter does not read this type; get(name) reads every type",
        null);
  }
}
