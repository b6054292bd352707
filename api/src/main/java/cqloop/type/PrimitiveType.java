package cqloop.type;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Value. The CQL types without parameters, with their option ids of the native protocol. */
public enum PrimitiveType implements DataType {
  ASCII(0x01),
  BIGINT(0x02),
  BLOB(0x03),
  BOOLEAN(0x04),
  COUNTER(0x05),
  DECIMAL(0x06),
  DOUBLE(0x07),
  FLOAT(0x08),
  INT(0x09),
  TIMESTAMP(0x0B),
  UUID(0x0C),
  TEXT(0x0D),
  VARINT(0x0E),
  TIMEUUID(0x0F),
  INET(0x10),
  DATE(0x11),
  TIME(0x12),
  SMALLINT(0x13),
  TINYINT(0x14),
  DURATION(0x15);

  private static final @Nullable PrimitiveType[] BY_CODE = new PrimitiveType[0x16];

  static {
    for (PrimitiveType type : values()) {
      BY_CODE[type.code] = type;
    }
  }

  private final int code;
  private final String cql;

  PrimitiveType(int code) {
    this.code = code;
    this.cql = name().toLowerCase(Locale.ROOT);
  }

  /** Returns the type with this option id, or null when no primitive type has it. */
  public static @Nullable PrimitiveType ofProtocolCode(int code) {
    return code >= 0 && code < BY_CODE.length ? BY_CODE[code] : null;
  }

  @Override
  public String cql() {
    return cql;
  }

  @Override
  public int protocolCode() {
    return code;
  }

  @Override
  public String toString() {
    return cql;
  }
}
