package cqloop.netty.codec;

import cqloop.spi.ValueWriter;
import java.time.Instant;
import java.util.UUID;

/** Value. Writes the usual Java types of the most used CQL types, without a codec between. */
final class Shortcuts {

  private Shortcuts() {}

  /** Writes length and bytes of the value and returns true, or writes nothing and returns false. */
  static boolean write(int typeCode, Object value, ValueWriter out) {
    switch (typeCode) {
      case TypeCode.INT:
        return value instanceof Integer number && writeInt(number, out);
      case TypeCode.BIGINT:
      case TypeCode.COUNTER:
        return value instanceof Long number && writeLong(number, out);
      case TypeCode.TEXT:
        return value instanceof String text && writeText(text, out);
      case TypeCode.UUID:
        return value instanceof UUID uuid && writeUuid(uuid, out);
      case TypeCode.TIMEUUID:
        return value instanceof UUID uuid
            && uuid.version() == UuidCodec.TIME_BASED
            && writeUuid(uuid, out);
      case TypeCode.BLOB:
        return value instanceof byte[] bytes && writeBytes(bytes, out);
      case TypeCode.DOUBLE:
        return value instanceof Double number && writeLong(Double.doubleToRawLongBits(number), out);
      case TypeCode.FLOAT:
        return value instanceof Float number && writeInt(Float.floatToRawIntBits(number), out);
      case TypeCode.BOOLEAN:
        return value instanceof Boolean bool && writeByte(bool ? 1 : 0, out);
      case TypeCode.SMALLINT:
        return value instanceof Short number && writeShort(number, out);
      case TypeCode.TINYINT:
        return value instanceof Byte number && writeByte(number, out);
      case TypeCode.TIMESTAMP:
        return value instanceof Instant instant && writeInstant(instant, out);
      default:
        return false;
    }
  }

  static boolean writeByte(int value, ValueWriter out) {
    out.writeInt(Byte.BYTES);
    out.writeByte(value);
    return true;
  }

  static boolean writeShort(int value, ValueWriter out) {
    out.writeInt(Short.BYTES);
    out.writeShort(value);
    return true;
  }

  static boolean writeInt(int value, ValueWriter out) {
    out.writeInt(Integer.BYTES);
    out.writeInt(value);
    return true;
  }

  static boolean writeLong(long value, ValueWriter out) {
    out.writeInt(Long.BYTES);
    out.writeLong(value);
    return true;
  }

  static boolean writeText(String value, ValueWriter out) {
    int mark = out.beginValue();
    out.writeUtf8(value);
    out.endValue(mark);
    return true;
  }

  private static boolean writeUuid(UUID value, ValueWriter out) {
    out.writeInt(UuidCodec.BYTES);
    out.writeLong(value.getMostSignificantBits());
    out.writeLong(value.getLeastSignificantBits());
    return true;
  }

  private static boolean writeBytes(byte[] value, ValueWriter out) {
    out.writeInt(value.length);
    out.writeBytes(value);
    return true;
  }

  /** The codec takes, and names the trouble with, an instant too far away. */
  private static boolean writeInstant(Instant value, ValueWriter out) {
    long seconds = value.getEpochSecond();
    return seconds > Long.MIN_VALUE / 1000
        && seconds < Long.MAX_VALUE / 1000
        && writeLong(value.toEpochMilli(), out);
  }
}
