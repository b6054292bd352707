package cqloop.netty.schema;

import java.util.List;

/** Value. Which keyspaces are followed: by name, or by pattern with {@code *} and {@code ?}. */
public final class KeyspaceFilter {

  private final List<String> include;
  private final List<String> exclude;

  /**
   * @param include those to follow, empty for all
   * @param exclude those not to follow, even if they are included
   */
  public KeyspaceFilter(List<String> include, List<String> exclude) {
    this.include = List.copyOf(include);
    this.exclude = List.copyOf(exclude);
  }

  /** Tells whether a keyspace is followed. */
  public boolean accepts(String keyspace) {
    return (include.isEmpty() || matchesAny(include, keyspace)) && !matchesAny(exclude, keyspace);
  }

  /** Tells whether every keyspace is followed. */
  boolean acceptsAll() {
    return include.isEmpty() && exclude.isEmpty();
  }

  private static boolean matchesAny(List<String> patterns, String name) {
    for (String pattern : patterns) {
      if (matches(pattern, name)) {
        return true;
      }
    }
    return false;
  }

  /** Goes back to the last star only: no pattern takes longer than its length times the name's. */
  private static boolean matches(String pattern, String name) {
    int p = 0;
    int n = 0;
    int star = -1;
    int resume = 0;
    while (n < name.length()) {
      char wanted = p < pattern.length() ? pattern.charAt(p) : 0;
      if (wanted == '*') {
        star = p++;
        resume = n;
      } else if (p < pattern.length() && (wanted == '?' || wanted == name.charAt(n))) {
        p++;
        n++;
      } else if (star >= 0) {
        p = star + 1;
        n = ++resume;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.charAt(p) == '*') {
      p++;
    }
    return p == pattern.length();
  }
}
