package cqloop;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Value. Shows options as text without their secrets. */
final class OptionText {

  private static final String HIDDEN = "***";

  // Parts of the names under which plug-ins keep secrets, in lower case.
  private static final List<String> SECRET =
      List.of(
          "pass",
          "pwd",
          "token",
          "secret",
          "credential",
          "privatekey",
          "keystore",
          "apikey",
          "bundlecontent");

  private OptionText() {}

  /**
   * Returns name and JSON. Values are hidden under every key that sounds like a secret, and all
   * values of the configuration of {@code auth}, whatever its plug-in calls them.
   */
  static String of(Object options, JsonObject json) {
    return options.getClass().getSimpleName() + hide(json, false).encode();
  }

  private static JsonObject hide(JsonObject json, boolean all) {
    JsonObject shown = new JsonObject();
    for (Map.Entry<String, Object> entry : json) {
      shown.put(entry.getKey(), hide(entry.getKey(), entry.getValue(), all));
    }
    return shown;
  }

  private static Object hide(String key, Object value, boolean all) {
    if (isSecret(key)) {
      return HIDDEN;
    }
    if (value instanceof JsonObject object) {
      return key.equals("auth") ? hideConfig(object) : hide(object, all);
    }
    if (value instanceof JsonArray array) {
      return hide(key, array, all);
    }
    return all ? HIDDEN : value;
  }

  private static JsonArray hide(String key, JsonArray array, boolean all) {
    JsonArray shown = new JsonArray();
    for (Object element : array) {
      shown.add(hide(key, element, all));
    }
    return shown;
  }

  private static JsonObject hideConfig(JsonObject policy) {
    JsonObject shown = hide(policy, false);
    JsonObject config = policy.getJsonObject("config");
    return config == null ? shown : shown.put("config", hide(config, true));
  }

  private static boolean isSecret(String key) {
    String name = key.toLowerCase(Locale.ROOT).replace("_", "").replace("-", "");
    if (name.endsWith("path")) {
      return false; // Where a secret lies is none.
    }
    for (String part : SECRET) {
      if (name.contains(part)) {
        return true;
      }
    }
    return false;
  }
}
