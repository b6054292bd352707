package cqloop.netty.schema;

import cqloop.type.CustomType;
import cqloop.type.DataType;
import cqloop.type.ListType;
import cqloop.type.MapType;
import cqloop.type.PrimitiveType;
import cqloop.type.SetType;
import cqloop.type.TupleType;
import cqloop.type.VectorType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Loop-owned. Reads types as the tables of the schema name them: {@code frozen<map<text, "My
 * Type">>}. What cannot be read becomes a custom type with the whole text: one strange type costs
 * no more than its own column.
 */
final class TypeText {

  private static final int MAX_DEPTH = 32;
  private static final String FROZEN = "frozen<";
  private static final Map<String, PrimitiveType> PRIMITIVES = primitives();

  private final String text;
  private final Function<String, @Nullable DataType> userTypes;
  private int position;

  private TypeText(String text, Function<String, @Nullable DataType> userTypes) {
    this.text = text;
    this.userTypes = userTypes;
  }

  /**
   * Returns the type of this text.
   *
   * @param userTypes gives the user-defined types of the keyspace by name, null when there is none
   */
  static DataType parse(String text, Function<String, @Nullable DataType> userTypes) {
    TypeText parser = new TypeText(text, userTypes);
    DataType type = parser.type(1);
    parser.skipSpaces();
    return type == null || parser.position < text.length() ? new CustomType(text) : type;
  }

  /**
   * Returns a type without {@code frozen} around it: the server stores it with arguments of
   * functions, and takes none there.
   */
  static String unfrozen(String text) {
    return text.startsWith(FROZEN) && text.endsWith(">")
        ? text.substring(FROZEN.length(), text.length() - 1)
        : text;
  }

  private @Nullable DataType type(int depth) {
    skipSpaces();
    if (depth > MAX_DEPTH || position >= text.length()) {
      return null;
    }
    char first = text.charAt(position);
    if (first == '"') {
      String name = quoted('"');
      return name == null ? null : userTypes.apply(name);
    }
    if (first == '\'') {
      String className = quoted('\'');
      return className == null ? null : new CustomType(className);
    }
    String word = word();
    if (!accept('<')) {
      PrimitiveType primitive = PRIMITIVES.get(word.toLowerCase(Locale.ROOT));
      return primitive == null ? userTypes.apply(word) : primitive;
    }
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "frozen" -> one(type(depth + 1));
      case "list" -> collection(one(type(depth + 1)), false);
      case "set" -> collection(one(type(depth + 1)), true);
      case "map" -> map(depth);
      case "tuple" -> tuple(depth);
      case "vector" -> vector(depth);
      default -> null;
    };
  }

  private @Nullable DataType one(@Nullable DataType element) {
    return accept('>') ? element : null;
  }

  private static @Nullable DataType collection(@Nullable DataType element, boolean isSet) {
    return element == null ? null : isSet ? new SetType(element) : new ListType(element);
  }

  private @Nullable DataType map(int depth) {
    DataType key = type(depth + 1);
    DataType value = accept(',') ? type(depth + 1) : null;
    return key == null || value == null || !accept('>') ? null : new MapType(key, value);
  }

  private @Nullable DataType tuple(int depth) {
    List<DataType> components = new ArrayList<>();
    do {
      DataType component = type(depth + 1);
      if (component == null) {
        return null;
      }
      components.add(component);
    } while (accept(','));
    return accept('>') ? new TupleType(components) : null;
  }

  private @Nullable DataType vector(int depth) {
    DataType element = type(depth + 1);
    if (element == null || !accept(',')) {
      return null;
    }
    skipSpaces();
    int dimension;
    try {
      dimension = Integer.parseInt(word());
    } catch (NumberFormatException notRead) {
      return null;
    }
    return dimension < 1 || !accept('>') ? null : new VectorType(element, dimension);
  }

  private String word() {
    int start = position;
    while (position < text.length() && isWordCharacter(text.charAt(position))) {
      position++;
    }
    return text.substring(start, position);
  }

  /** Reads a name or text in quotes, in which the quote itself is doubled. */
  private @Nullable String quoted(char quote) {
    StringBuilder inner = new StringBuilder();
    position++;
    while (position < text.length()) {
      char c = text.charAt(position++);
      if (c != quote) {
        inner.append(c);
      } else if (position < text.length() && text.charAt(position) == quote) {
        inner.append(quote);
        position++;
      } else {
        return inner.toString();
      }
    }
    return null;
  }

  private boolean accept(char c) {
    skipSpaces();
    boolean is = position < text.length() && text.charAt(position) == c;
    position += is ? 1 : 0;
    return is;
  }

  private void skipSpaces() {
    while (position < text.length() && text.charAt(position) == ' ') {
      position++;
    }
  }

  private static boolean isWordCharacter(char c) {
    return c == '_' || Character.isLetterOrDigit(c);
  }

  private static Map<String, PrimitiveType> primitives() {
    Map<String, PrimitiveType> all = new HashMap<>();
    for (PrimitiveType type : PrimitiveType.values()) {
      all.put(type.cql(), type);
    }
    all.put("varchar", PrimitiveType.TEXT);
    return Map.copyOf(all);
  }
}
