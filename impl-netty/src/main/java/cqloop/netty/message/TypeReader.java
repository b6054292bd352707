package cqloop.netty.message;

import cqloop.netty.wire.BodyReader;
import cqloop.type.CustomType;
import cqloop.type.DataType;
import cqloop.type.ListType;
import cqloop.type.MapType;
import cqloop.type.PrimitiveType;
import cqloop.type.SetType;
import cqloop.type.TupleType;
import cqloop.type.UserType;
import java.util.ArrayList;
import java.util.List;

/**
 * Loop-owned. Reads one type option. Nesting is limited to {@value #MAX_DEPTH} levels; the number
 * of types is limited by the bytes they take.
 */
final class TypeReader {

  static final int MAX_DEPTH = 32;

  // native_protocol_v5.spec, 4.2.5.2, <type>.
  private static final int CUSTOM = 0x00;
  private static final int LIST = 0x20;
  private static final int MAP = 0x21;
  private static final int SET = 0x22;
  private static final int USER = 0x30;
  private static final int TUPLE = 0x31;

  private static final int TYPE_BYTES = 2;
  private static final int FIELD_BYTES = 4;

  private TypeReader() {}

  /**
   * Returns the next type. A type whose number is unknown becomes a custom type, for its values are
   * still bytes.
   */
  static DataType read(BodyReader in) {
    return read(in, 1);
  }

  private static DataType read(BodyReader in, int depth) {
    if (depth > MAX_DEPTH) {
      throw in.violation("type", "it nests deeper than %s levels".formatted(MAX_DEPTH));
    }
    int code = in.readShort("type");
    PrimitiveType primitive = PrimitiveType.ofProtocolCode(code);
    if (primitive != null) {
      return primitive;
    }
    return switch (code) {
      case CUSTOM -> MarshalTypeParser.parse(in.readString("class of a type"));
      case LIST -> new ListType(read(in, depth + 1));
      case SET -> new SetType(read(in, depth + 1));
      case MAP -> new MapType(read(in, depth + 1), read(in, depth + 1));
      case TUPLE -> readTuple(in, depth + 1);
      case USER -> readUserType(in, depth + 1);
      default -> new CustomType("unknown type 0x%04x".formatted(code));
    };
  }

  private static TupleType readTuple(BodyReader in, int depth) {
    int count = in.readShortCount(TYPE_BYTES, "components of a tuple");
    List<DataType> components = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      components.add(read(in, depth));
    }
    return new TupleType(components);
  }

  private static UserType readUserType(BodyReader in, int depth) {
    String keyspace = in.readString("keyspace of a user type");
    String name = in.readString("name of a user type");
    int count = in.readShortCount(FIELD_BYTES, "fields of a user type");
    List<String> names = new ArrayList<>(count);
    List<DataType> types = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      names.add(in.readString("field of a user type"));
      types.add(read(in, depth));
    }
    return new UserType(keyspace, name, names, types);
  }
}
