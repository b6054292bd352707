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

  private TypeCode() {}

  /** Returns the option id of a primitive type, {@link #OTHER} for every other type. */
  public static int of(DataType type) {
    return type instanceof PrimitiveType ? type.protocolCode() : OTHER;
  }
}
