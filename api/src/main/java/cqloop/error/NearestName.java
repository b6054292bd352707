package cqloop.error;

import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Value. Finds the name that somebody may have meant. */
final class NearestName {

  private NearestName() {}

  /**
   * Returns the known name with the fewest edits from the given one, cases aside; null when even
   * that one differs in more than a third of its letters, or in more than two of a short name.
   */
  static @Nullable String of(String name, Collection<String> known) {
    String wanted = name.toLowerCase(Locale.ROOT);
    String best = null;
    int fewest = Math.max(2, name.length() / 3) + 1;
    for (String candidate : known) {
      int edits = distance(wanted, candidate.toLowerCase(Locale.ROOT), fewest);
      if (edits < fewest || (edits == fewest && best != null && candidate.compareTo(best) < 0)) {
        best = candidate;
        fewest = edits;
      }
    }
    return best;
  }

  /** Levenshtein distance; any number of at least {@code enough} once it is that far. */
  private static int distance(String a, String b, int enough) {
    if (Math.abs(a.length() - b.length()) > enough) {
      return enough + 1;
    }
    int[] previous = new int[b.length() + 1];
    int[] current = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        current[j] = Math.min(Math.min(current[j - 1], previous[j]) + 1, previous[j - 1] + change);
      }
      int[] swap = previous;
      previous = current;
      current = swap;
    }
    return previous[b.length()];
  }
}
