package cqloop;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Value. Positions of columns by name: exact first, then in any case. */
final class NameIndex {

  private final Map<String, int[]> exact;
  private final Map<String, int[]> folded;

  NameIndex(Column[] columns) {
    exact = new HashMap<>(columns.length * 2);
    folded = new HashMap<>(columns.length * 2);
    for (int i = 0; i < columns.length; i++) {
      String name = columns[i].name();
      add(exact, name, i);
      add(folded, name.toLowerCase(Locale.ROOT), i);
    }
  }

  int first(String name) {
    int[] found = all(name);
    return found == null ? -1 : found[0];
  }

  int @Nullable [] all(String name) {
    int[] found = exact.get(name);
    if (found != null || name.isEmpty()) {
      return found;
    }
    if (name.length() > 1 && name.charAt(0) == '"' && name.charAt(name.length() - 1) == '"') {
      return exact.get(name.substring(1, name.length() - 1).replace("\"\"", "\""));
    }
    return folded.get(name.toLowerCase(Locale.ROOT));
  }

  private static void add(Map<String, int[]> index, String name, int position) {
    int[] known = index.get(name);
    int[] grown = known == null ? new int[1] : Arrays.copyOf(known, known.length + 1);
    grown[grown.length - 1] = position;
    index.put(name, grown);
  }
}
