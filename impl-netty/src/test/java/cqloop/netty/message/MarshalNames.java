package cqloop.netty.message;

import cqloop.type.PrimitiveType;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Value. How class expressions name types and fields, told apart from what the driver knows. */
public final class MarshalNames {

  public static final String PACKAGE = "org.apache.cassandra.db.marshal.";

  private MarshalNames() {}

  /** Returns the name of the class that stands for a type. */
  public static String of(PrimitiveType type) {
    return PACKAGE
        + switch (type) {
          case ASCII -> "AsciiType";
          case BIGINT -> "LongType";
          case BLOB -> "BytesType";
          case BOOLEAN -> "BooleanType";
          case COUNTER -> "CounterColumnType";
          case DECIMAL -> "DecimalType";
          case DOUBLE -> "DoubleType";
          case FLOAT -> "FloatType";
          case INT -> "Int32Type";
          case TIMESTAMP -> "TimestampType";
          case UUID -> "UUIDType";
          case TEXT -> "UTF8Type";
          case VARINT -> "IntegerType";
          case TIMEUUID -> "TimeUUIDType";
          case INET -> "InetAddressType";
          case DATE -> "SimpleDateType";
          case TIME -> "TimeType";
          case SMALLINT -> "ShortType";
          case TINYINT -> "ByteType";
          case DURATION -> "DurationType";
        };
  }

  /** Returns how a user type or one of its fields is named. */
  public static String hex(String name) {
    return HexFormat.of().formatHex(name.getBytes(StandardCharsets.UTF_8));
  }
}
