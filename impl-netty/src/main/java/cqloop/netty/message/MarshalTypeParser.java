package cqloop.netty.message;

import cqloop.error.ProtocolViolation;
import cqloop.type.CustomType;
import cqloop.type.DataType;
import cqloop.type.ListType;
import cqloop.type.MapType;
import cqloop.type.PrimitiveType;
import cqloop.type.SetType;
import cqloop.type.TupleType;
import cqloop.type.UserType;
import cqloop.type.VectorType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * Loop-owned. Reads the class expressions by which a server names types that the protocol version
 * cannot: {@code org.apache.cassandra.db.marshal.VectorType(…FloatType , 3)}. Spaces are allowed
 * between all parts. A class that is not known gives a custom type with its whole expression.
 */
final class MarshalTypeParser {

  private static final String PACKAGE = "org.apache.cassandra.db.marshal.";
  private static final int MAX_SHOWN = 200;

  // Class names as in Cassandra's org.apache.cassandra.db.marshal.
  private static final Map<String, DataType> SIMPLE =
      Map.ofEntries(
          Map.entry("AsciiType", PrimitiveType.ASCII),
          Map.entry("BooleanType", PrimitiveType.BOOLEAN),
          Map.entry("ByteType", PrimitiveType.TINYINT),
          Map.entry("BytesType", PrimitiveType.BLOB),
          Map.entry("CounterColumnType", PrimitiveType.COUNTER),
          Map.entry("DateType", PrimitiveType.TIMESTAMP),
          Map.entry("DecimalType", PrimitiveType.DECIMAL),
          Map.entry("DoubleType", PrimitiveType.DOUBLE),
          Map.entry("DurationType", PrimitiveType.DURATION),
          Map.entry("FloatType", PrimitiveType.FLOAT),
          Map.entry("InetAddressType", PrimitiveType.INET),
          Map.entry("Int32Type", PrimitiveType.INT),
          Map.entry("IntegerType", PrimitiveType.VARINT),
          Map.entry("LexicalUUIDType", PrimitiveType.UUID),
          Map.entry("LongType", PrimitiveType.BIGINT),
          Map.entry("ShortType", PrimitiveType.SMALLINT),
          Map.entry("SimpleDateType", PrimitiveType.DATE),
          Map.entry("TimeType", PrimitiveType.TIME),
          Map.entry("TimeUUIDType", PrimitiveType.TIMEUUID),
          Map.entry("TimestampType", PrimitiveType.TIMESTAMP),
          Map.entry("UTF8Type", PrimitiveType.TEXT),
          Map.entry("UUIDType", PrimitiveType.UUID));

  private final String text;
  private int position;

  private MarshalTypeParser(String text) {
    this.text = text;
  }

  /**
   * Returns the type of this expression.
   *
   * @throws ProtocolViolation when a known class has wrong parameters or the expression nests
   *     deeper than {@link TypeReader#MAX_DEPTH}
   */
  static DataType parse(String expression) {
    MarshalTypeParser parser = new MarshalTypeParser(expression);
    DataType type = parser.type(1);
    parser.skipSpaces();
    if (parser.position < expression.length() && !(type instanceof CustomType)) {
      throw parser.error("the end of the expression");
    }
    return type instanceof CustomType ? new CustomType(expression) : type;
  }

  private DataType type(int depth) {
    if (depth > TypeReader.MAX_DEPTH) {
      throw error("at most %s levels".formatted(TypeReader.MAX_DEPTH));
    }
    int start = position;
    String name = word();
    String simpleName = name.startsWith(PACKAGE) ? name.substring(PACKAGE.length()) : name;
    DataType simple = SIMPLE.get(simpleName);
    if (simple != null) {
      return simple;
    }
    return switch (simpleName) {
      case "FrozenType", "ReversedType" -> wrapped(depth);
      case "ListType" -> new ListType(wrapped(depth));
      case "SetType" -> new SetType(wrapped(depth));
      case "MapType" -> map(depth);
      case "TupleType" -> tuple(depth);
      case "UserType" -> userType(depth);
      case "VectorType" -> vector(depth);
      default -> custom(start);
    };
  }

  private DataType wrapped(int depth) {
    expect('(');
    DataType type = type(depth + 1);
    expect(')');
    return type;
  }

  private MapType map(int depth) {
    expect('(');
    DataType key = type(depth + 1);
    expect(',');
    DataType value = type(depth + 1);
    expect(')');
    return new MapType(key, value);
  }

  private TupleType tuple(int depth) {
    List<DataType> components = new ArrayList<>();
    expect('(');
    do {
      components.add(type(depth + 1));
    } while (accept(','));
    expect(')');
    return new TupleType(components);
  }

  /** {@code UserType(keyspace,hex name,hex field:type,…)}. */
  private UserType userType(int depth) {
    List<String> names = new ArrayList<>();
    List<DataType> types = new ArrayList<>();
    expect('(');
    String keyspace = word();
    expect(',');
    String name = hexWord();
    while (accept(',')) {
      names.add(hexWord());
      expect(':');
      types.add(type(depth + 1));
    }
    expect(')');
    return new UserType(keyspace, name, names, types);
  }

  private VectorType vector(int depth) {
    expect('(');
    DataType element = type(depth + 1);
    expect(',');
    int dimension = positiveNumber();
    expect(')');
    return new VectorType(element, dimension);
  }

  /** Passes over the parameters of an unknown class: whatever stands in its parentheses. */
  private CustomType custom(int start) {
    int open = 0;
    skipSpaces();
    while (position < text.length()) {
      char c = text.charAt(position);
      if (open == 0 && c != '(') {
        break;
      }
      open += c == '(' ? 1 : c == ')' ? -1 : 0;
      position++;
      if (open == 0) {
        break;
      }
    }
    return new CustomType(text.substring(start, position).strip());
  }

  private String word() {
    skipSpaces();
    int start = position;
    while (position < text.length() && !isDelimiter(text.charAt(position))) {
      position++;
    }
    return text.substring(start, position);
  }

  private String hexWord() {
    String hex = word();
    try {
      return new String(HexFormat.of().parseHex(hex), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw error("a name in hexadecimal digits");
    }
  }

  private int positiveNumber() {
    try {
      int number = Integer.parseInt(word());
      if (number > 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw error("a number");
    }
    throw error("a number above 0");
  }

  private void expect(char c) {
    if (!accept(c)) {
      throw error("'" + c + "'");
    }
  }

  private boolean accept(char c) {
    skipSpaces();
    if (position < text.length() && text.charAt(position) == c) {
      position++;
      return true;
    }
    return false;
  }

  private void skipSpaces() {
    while (position < text.length() && Character.isWhitespace(text.charAt(position))) {
      position++;
    }
  }

  private static boolean isDelimiter(char c) {
    return c == '(' || c == ')' || c == ',' || c == ':' || Character.isWhitespace(c);
  }

  private ProtocolViolation error(String expected) {
    String shown = text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "…";
    return new ProtocolViolation(
        "Cannot read the type '%s': %s is expected at offset %s"
            .formatted(shown, expected, position));
  }
}
