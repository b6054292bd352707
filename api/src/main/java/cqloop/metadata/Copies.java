package cqloop.metadata;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Value. What the values of this package do with the collections that they are given. */
final class Copies {

  private Copies() {}

  /** Returns an unmodifiable copy in the order of the keys. */
  static <V> Map<String, V> sorted(Map<String, V> map) {
    return Collections.unmodifiableMap(new TreeMap<>(map));
  }

  static Map<String, String> without(Map<String, String> map, String key, String otherKey) {
    Map<String, String> rest = new LinkedHashMap<>(map);
    rest.remove(key);
    rest.remove(otherKey);
    return rest;
  }

  static String signature(String name, List<String> argumentTypes) {
    return name + "(" + String.join(", ", argumentTypes) + ")";
  }
}
