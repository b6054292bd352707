package cqloop.spi;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Value. Reads the configuration of a policy. A value of the wrong type or outside its range throws
 * an {@link IllegalArgumentException} that names the key, what was given and what is expected.
 * Durations are whole milliseconds, as everywhere in the JSON of options.
 */
public final class PolicyConfig {

  /** The longest duration that a policy takes: one week. */
  public static final long MAX_MILLIS = 7L * 24 * 60 * 60 * 1000;

  private final JsonObject json;

  private PolicyConfig(JsonObject json) {
    this.json = json;
  }

  /**
   * Returns a reader of the configuration of this policy, which may have these keys and no other.
   *
   * @throws IllegalArgumentException naming the unknown key and the nearest known one
   */
  public static PolicyConfig of(PolicyContext context, String... keys) {
    context.requireKeys(Set.of(keys));
    return new PolicyConfig(context.config());
  }

  /**
   * Returns a reader of an object within a configuration, which may have these keys and no other.
   *
   * @param key the key of the object, for the message
   * @throws IllegalArgumentException naming the unknown key and the known ones
   */
  public static PolicyConfig within(String key, JsonObject object, String... keys) {
    Set<String> known = Set.of(keys);
    for (String given : object.fieldNames()) {
      if (!known.contains(given)) {
        throw new IllegalArgumentException(
            "Unknown key '%s.%s'. Known: %s"
                .formatted(key, given, String.join(", ", new TreeSet<>(known))));
      }
    }
    return new PolicyConfig(object);
  }

  /** Tells whether there is a value for the key. */
  public boolean has(String key) {
    return json.getValue(key) != null;
  }

  /** Returns a text that must be there and not be empty. */
  public String text(String key) {
    return required(key, text(key, null), "a text");
  }

  /** Returns a text, not empty, or the given default when there is none. */
  public @Nullable String text(String key, @Nullable String absent) {
    Object value = json.getValue(key);
    if (value == null) {
      return absent;
    }
    if (!(value instanceof CharSequence) || value.toString().isEmpty()) {
      throw wrong(key, value, "a text that is not empty");
    }
    return value.toString();
  }

  /** Returns the characters of a text that must be there; no message ever holds it. */
  public char[] secret(String key) {
    Object value = required(key, json.getValue(key), "a text");
    if (!(value instanceof CharSequence text)) {
      throw new IllegalArgumentException("'%s' is not a text; expected a text".formatted(key));
    }
    char[] secret = new char[text.length()];
    for (int i = 0; i < secret.length; i++) {
      secret[i] = text.charAt(i);
    }
    return secret;
  }

  /** Returns true or false, or the given default. */
  public boolean flag(String key, boolean absent) {
    Object value = json.getValue(key);
    if (value == null) {
      return absent;
    }
    if (value instanceof Boolean flag) {
      return flag;
    }
    throw wrong(key, value, "true or false");
  }

  /** Returns a whole number from {@code min} to {@code max}, or the given default. */
  public int number(String key, int absent, int min, int max) {
    return (int) whole(key, absent, min, max, "a whole number");
  }

  /** Returns a whole number that must be there. */
  public int number(String key, int min, int max) {
    required(key, json.getValue(key), "a whole number from " + min + " to " + max);
    return number(key, min, min, max);
  }

  /** Returns a duration in milliseconds from {@code min} to {@code max}, or the given default. */
  public long millis(String key, long absent, long min, long max) {
    return whole(key, absent, min, max, "milliseconds as a whole number");
  }

  /** Returns a duration in milliseconds that must be there. */
  public long millis(String key, long min, long max) {
    required(key, json.getValue(key), "milliseconds as a whole number");
    return millis(key, min, min, max);
  }

  /** Returns a number from {@code min} to {@code max}, or the given default. */
  public double decimal(String key, double absent, double min, double max) {
    Object value = json.getValue(key);
    if (value == null) {
      return absent;
    }
    // Written so that NaN, which no comparison holds for, is refused.
    if (value instanceof Number number
        && number.doubleValue() >= min
        && number.doubleValue() <= max) {
      return number.doubleValue();
    }
    throw wrong(key, value, "a number from " + min + " to " + max);
  }

  /** Returns a number that must be there. */
  public double decimal(String key, double min, double max) {
    required(key, json.getValue(key), "a number from " + min + " to " + max);
    return decimal(key, min, min, max);
  }

  /**
   * Returns a list of texts, none empty; an empty list when there is none. One text with commas in
   * it is taken for a list.
   */
  public List<String> texts(String key) {
    Object value = json.getValue(key);
    if (value == null) {
      return List.of();
    }
    List<?> items =
        value instanceof CharSequence text
            ? List.of(text.toString().split(",", -1))
            : value instanceof JsonArray array ? array.getList() : List.of(value);
    List<String> texts = new ArrayList<>(items.size());
    for (Object item : items) {
      String text = item instanceof CharSequence ? item.toString().trim() : "";
      if (text.isEmpty()) {
        throw wrong(key, value, "a list of texts, none of them empty");
      }
      texts.add(text);
    }
    return List.copyOf(texts);
  }

  /** Returns an object, or the given default. */
  public JsonObject object(String key, JsonObject absent) {
    Object value = json.getValue(key);
    if (value == null) {
      return absent;
    }
    if (value instanceof JsonObject object) {
      return object;
    }
    throw wrong(key, value, "an object");
  }

  /** Returns the exception for a value that cannot work; not for secrets. */
  public static IllegalArgumentException wrong(
      String key, @Nullable Object given, String expected) {
    return new IllegalArgumentException(
        "'%s' is '%s'; expected %s".formatted(key, given, expected));
  }

  private long whole(String key, long absent, long min, long max, String what) {
    Object value = json.getValue(key);
    if (value == null) {
      return absent;
    }
    boolean whole = value instanceof Integer || value instanceof Long || value instanceof Short;
    if (!whole || ((Number) value).longValue() < min || ((Number) value).longValue() > max) {
      throw wrong(key, value, what + " from " + min + " to " + max);
    }
    return ((Number) value).longValue();
  }

  private static <T> T required(String key, @Nullable T value, String expected) {
    if (value == null) {
      throw new IllegalArgumentException("'%s' is missing; expected %s".formatted(key, expected));
    }
    return value;
  }
}
