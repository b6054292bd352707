package cqloop;

import cqloop.error.InvalidOptions;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Value. Turns options that come as pairs of texts into JSON with the same keys. A text becomes
 * what its option wants; in the configuration of a plug-in, whose keys only the plug-in knows, it
 * becomes what it looks like. A text that begins like a JSON object, list or text is read as that.
 */
final class FlatOptions {

  private static final String CONFIG = "config";

  private final JsonObject root = new JsonObject();

  private FlatOptions() {}

  /** Keys as in JSON, with dots between the levels. */
  static JsonObject ofProperties(Properties properties, String prefix) {
    Map<String, String> pairs = new TreeMap<>();
    for (String name : properties.stringPropertyNames()) {
      if (name.startsWith(prefix)) {
        pairs.put(name.substring(prefix.length()), String.valueOf(properties.getProperty(name)));
      }
    }
    FlatOptions flat = new FlatOptions();
    pairs.forEach((name, text) -> flat.put(name, List.of(name.split("\\.", -1)), text));
    return flat.root;
  }

  /** Keys in upper case, with one underscore between words and two between levels. */
  static JsonObject ofEnvironment(Map<String, String> variables, String prefix) {
    FlatOptions flat = new FlatOptions();
    new TreeMap<>(variables)
        .forEach(
            (name, text) -> {
              if (name.startsWith(prefix)) {
                List<String> path = new ArrayList<>();
                for (String level : name.substring(prefix.length()).split("__", -1)) {
                  path.add(camelCase(level));
                }
                flat.put(name, path, text);
              }
            });
    return flat.root;
  }

  private void put(String name, List<String> path, String text) {
    if (path.contains("")) {
      throw new InvalidOptions(name, "the name of an option is missing between its separators");
    }
    JsonObject at = root;
    OptionKeys keys = CqlOptions.KEYS;
    boolean inConfig = false;
    for (int i = 0; i < path.size() - 1; i++) {
      String key = path.get(i);
      inConfig |= keys == PolicyOptions.KEYS && key.equals(CONFIG);
      keys = inConfig ? keys : below(keys, key);
      at = child(name, at, key);
    }
    String last = path.get(path.size() - 1);
    if (at.containsKey(last)) {
      throw new InvalidOptions(name, "it is given as one value and as an object");
    }
    at.put(last, value(name, inConfig ? null : keys, last, text));
  }

  private static JsonObject child(String name, JsonObject parent, String key) {
    Object child = parent.getValue(key);
    if (child == null) {
      JsonObject made = new JsonObject();
      parent.put(key, made);
      return made;
    }
    if (child instanceof JsonObject object) {
      return object;
    }
    throw new InvalidOptions(name, "it is given as an object, and '" + key + "' as one value");
  }

  /** Returns the keys of what an option holds; those of names are open: any name will do. */
  private static OptionKeys below(OptionKeys keys, String key) {
    if (keys == PROFILES) {
      return ProfileOptions.KEYS;
    }
    if (keys != TEXTS && keys.kindOf(key) != OptionKeys.Kind.OBJECT) {
      throw new InvalidOptions(keys.options() + "." + key, "it is one value, and has no parts");
    }
    return switch (key) {
      case "profiles" -> PROFILES;
      case "defaultProfile" -> ProfileOptions.KEYS;
      case "connection" -> ConnectionOptions.KEYS;
      case "tcp" -> TcpOptions.KEYS;
      case "pool" -> PoolOptions.KEYS;
      case "protocol" -> ProtocolOptions.KEYS;
      case "metadata" -> MetadataOptions.KEYS;
      case "request" -> RequestOptions.KEYS;
      case "tls" -> TlsOptions.KEYS;
      case "key" -> TlsKeyOptions.KEYS;
      case "trust" -> TlsTrustOptions.KEYS;
      case "extraStartupOptions", "serverNames" -> TEXTS;
      default -> PolicyOptions.KEYS;
    };
  }

  /** Stands for an object whose keys are names of profiles. */
  private static final OptionKeys PROFILES = OptionKeys.of(ProfileOptions.class);

  /** Stands for an object of texts under any name. */
  private static final OptionKeys TEXTS = OptionKeys.of(ProtocolOptions.class);

  private static @Nullable Object value(
      String name, @Nullable OptionKeys keys, String key, String text) {
    OptionKeys.Kind kind =
        keys == null
            ? null
            : keys == TEXTS
                ? OptionKeys.Kind.TEXT
                : keys == PROFILES ? OptionKeys.Kind.OBJECT : keys.kindOf(key);
    if (kind == OptionKeys.Kind.TEXT) {
      return text;
    }
    if (kind == OptionKeys.Kind.FLAG) {
      return flag(text.strip());
    }
    if (kind == OptionKeys.Kind.NUMBER) {
      return number(text.strip());
    }
    return json(name, text);
  }

  /** What is neither true nor false stays a text, which the options then refuse by name. */
  private static Object flag(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    return lower.equals("true") || lower.equals("false") ? (Object) lower.equals("true") : text;
  }

  /** What is no whole number stays a text, which the options then refuse by name. */
  private static Object number(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException noNumber) {
      return text;
    }
  }

  private static @Nullable Object json(String name, String text) {
    String stripped = text.strip();
    boolean literal =
        stripped.startsWith("{") || stripped.startsWith("[") || stripped.startsWith("\"");
    if (literal) {
      try {
        return Json.decodeValue(stripped);
      } catch (DecodeException notJson) {
        // Neither the text nor the cause, which quotes it: it may hold a secret.
        throw new InvalidOptions(name, "it begins like JSON, but is none");
      }
    }
    Object flag = flag(text);
    if (flag != text) {
      return flag;
    }
    Object number = number(text);
    // Only what is written as numbers are: 007 is a text.
    if (number.toString().equals(text) && number != text) {
      return number;
    }
    return decimal(text);
  }

  private static Object decimal(String text) {
    try {
      double number = Double.parseDouble(text);
      return Double.toString(number).equals(text) && Double.isFinite(number)
          ? (Object) number
          : text;
    } catch (NumberFormatException noNumber) {
      return text;
    }
  }

  private static String camelCase(String words) {
    StringBuilder name = new StringBuilder();
    for (String word : words.toLowerCase(Locale.ROOT).split("_", -1)) {
      name.append(
          name.isEmpty() || word.isEmpty()
              ? word
              : Character.toUpperCase(word.charAt(0)) + word.substring(1));
    }
    return name.toString();
  }
}
