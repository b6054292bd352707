package cqloop;

import cqloop.error.InvalidOptions;
import cqloop.error.UnknownOption;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Value. The keys of one options class and what JSON may hold under each. The converters that
 * Vert.x generates pass over unknown keys and wrong types in silence; this refuses them first.
 */
final class OptionKeys {

  /** Returns the value as the converter wants it, or null when it is of another type. */
  private interface Check {
    @Nullable Object apply(Object value);
  }

  /** How an option is read that comes as text, not as JSON. */
  enum Kind {
    TEXT,
    FLAG,
    NUMBER,
    OBJECT
  }

  private record Key(String expected, Kind kind, Check check) {}

  private final String options;
  private final Map<String, Key> keys = new LinkedHashMap<>();

  private OptionKeys(String options) {
    this.options = options;
  }

  static OptionKeys of(Class<?> options) {
    return new OptionKeys(options.getSimpleName());
  }

  /** Options whose value is a text. */
  OptionKeys texts(String... names) {
    return add("a text", Kind.TEXT, value -> value instanceof String ? value : null, names);
  }

  OptionKeys booleans(String... names) {
    return add("true or false", Kind.FLAG, value -> value instanceof Boolean ? value : null, names);
  }

  OptionKeys ints(String... names) {
    return add("a whole number", Kind.NUMBER, value -> whole(value, Integer.MAX_VALUE), names);
  }

  /** Options whose value is a {@link java.time.Duration}; JSON holds milliseconds. */
  OptionKeys durations(String... names) {
    String expected = "a whole number of milliseconds";
    return add(expected, Kind.NUMBER, value -> whole(value, Long.MAX_VALUE), names);
  }

  OptionKeys objects(String... names) {
    return add(
        "an object", Kind.OBJECT, value -> value instanceof JsonObject ? value : null, names);
  }

  OptionKeys objectMaps(String... names) {
    return add("an object of objects", Kind.OBJECT, value -> mapOf(value, JsonObject.class), names);
  }

  OptionKeys textMaps(String... names) {
    return add("an object of texts", Kind.OBJECT, value -> mapOf(value, String.class), names);
  }

  /** Options whose value is a list of texts; one text with commas will do as well. */
  OptionKeys textLists(String... names) {
    return add("a list of texts, or one text with commas", Kind.TEXT, OptionKeys::textList, names);
  }

  /** Options whose value is a constant of an enum, by its name in any case. */
  <E extends Enum<E>> OptionKeys constants(Class<E> type, String... names) {
    List<String> known = Arrays.stream(type.getEnumConstants()).map(Enum::name).toList();
    String expected = "one of " + String.join(", ", known);
    return add(expected, Kind.TEXT, value -> constant(value, known), names);
  }

  /**
   * Returns what kind of value an option has.
   *
   * @throws UnknownOption when there is no such option
   */
  Kind kindOf(String name) {
    Key key = keys.get(name);
    if (key == null) {
      throw new UnknownOption(options, name, keys.keySet());
    }
    return key.kind;
  }

  /** Returns the name of the options. */
  String options() {
    return options;
  }

  Set<String> names() {
    return keys.keySet();
  }

  /**
   * Hands JSON to the converter after a check. Keys with null count as absent.
   *
   * @throws UnknownOption when there is a key that the options do not have
   * @throws InvalidOptions when a value is of the wrong type or outside its range
   */
  void read(JsonObject json, Consumer<JsonObject> converter) {
    JsonObject checked = new JsonObject();
    for (Map.Entry<String, Object> entry : json) {
      Key key = keys.get(entry.getKey());
      if (key == null) {
        throw new UnknownOption(options, entry.getKey(), keys.keySet());
      }
      if (entry.getValue() != null) {
        checked.put(entry.getKey(), checked(entry.getKey(), key, entry.getValue()));
      }
    }
    try {
      converter.accept(checked);
    } catch (IllegalArgumentException e) {
      // A setter refused the value; its message names the option.
      throw new InvalidOptions(options, String.valueOf(e.getMessage()), e);
    }
  }

  private Object checked(String name, Key key, Object value) {
    Object result = key.check.apply(value);
    if (result == null) {
      // The value is not shown: a password may be where it does not belong.
      throw new InvalidOptions(
          options + "." + name, "expected %s, found %s".formatted(key.expected, describe(value)));
    }
    return result;
  }

  private OptionKeys add(String expected, Kind kind, Check check, String... names) {
    for (String name : names) {
      keys.put(name, new Key(expected, kind, check));
    }
    return this;
  }

  private static @Nullable Object whole(Object value, long limit) {
    if (!(value instanceof Number number)) {
      return null;
    }
    long whole = number.longValue();
    boolean exact = number.doubleValue() == (double) whole && whole != Long.MAX_VALUE;
    return exact && whole <= limit && whole >= -limit ? (Object) whole : null;
  }

  private static @Nullable Object constant(Object value, List<String> known) {
    String name = value instanceof String text ? text.toUpperCase(Locale.ROOT) : "";
    return known.contains(name) ? name : null;
  }

  private static @Nullable Object mapOf(Object value, Class<?> type) {
    if (!(value instanceof JsonObject object)) {
      return null;
    }
    for (Map.Entry<String, Object> entry : object) {
      if (!type.isInstance(entry.getValue())) {
        return null;
      }
    }
    return object;
  }

  private static @Nullable Object textList(Object value) {
    if (value instanceof String text) {
      return new JsonArray(splitCommas(text));
    }
    if (!(value instanceof JsonArray array)) {
      return null;
    }
    for (Object element : array) {
      if (!(element instanceof String)) {
        return null;
      }
    }
    return array;
  }

  /** Returns the parts between commas without the spaces around them; empty parts are left out. */
  static List<String> splitCommas(String text) {
    List<String> parts = new ArrayList<>();
    int start = 0;
    while (start <= text.length()) {
      int comma = text.indexOf(',', start);
      int end = comma < 0 ? text.length() : comma;
      String part = text.substring(start, end).strip();
      if (!part.isEmpty()) {
        parts.add(part);
      }
      start = end + 1;
    }
    return parts;
  }

  private static String describe(Object value) {
    if (value instanceof String) {
      return "a text";
    }
    if (value instanceof Boolean) {
      return "true or false";
    }
    if (value instanceof Number number) {
      return "the number " + number;
    }
    return value instanceof JsonArray ? "a list" : "an object";
  }
}
