package cqloop.netty.codec;

import cqloop.type.DataType;
import cqloop.type.PrimitiveType;

/**
 * Value. The option ids of the primitive types as constants, so that a hot path can switch over
 * them (native_protocol_v5.spec, 4.2.5.2).
 */
public final class TypeCode {

  /** Every type with parameters, and every custom type. */
  public static final int OTHER = 0;

  public static final int ASCII = 0x01;
  public static final int BIGINT = 0x02;
  public static final int BLOB = 0x03;
  public static final int BOOLEAN = 0x04;
  public static final int COUNTER = 0x05;
  public static final int DOUBLE = 0x07;
  public static final int FLOAT = 0x08;
  public static final int INT = 0x09;
  public static final int TIMESTAMP = 0x0B;
  public static final int UUID = 0x0C;
  public static final int TEXT = 0x0D;
  public static final int TIMEUUID = 0x0F;
  public static final int SMALLINT = 0x13;
  public static final int TINYINT = 0x14;

  /** Stands for a number of bytes that differs from value to value. */
  public static final int ANY_BYTES = -2; // No length on the wire that a page may have.

  private TypeCode() {}

  /** Returns the option id of a primitive type, {@link #OTHER} for every other type. */
  public static int of(DataType type) {
    return type instanceof PrimitiveType ? type.protocolCode() : OTHER;
  }

  /** Returns how many bytes every value of a type has, or {@link #ANY_BYTES}. */
  public static int bytes(int typeCode) {
    return switch (typeCode) {
      case BOOLEAN, TINYINT -> Byte.BYTES;
      case SMALLINT -> Short.BYTES;
      case INT, FLOAT -> Integer.BYTES;
      case BIGINT, COUNTER, DOUBLE, TIMESTAMP -> Long.BYTES;
      case UUID, TIMEUUID -> UuidCodec.BYTES;
      default -> ANY_BYTES;
    };
  }
}
