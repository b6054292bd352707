package cqloop.netty.it;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Value. Statements of two writers made comparable: spaces count only in quotes, options have no
 * order, and defaults that one of them leaves out are left out.
 */
final class CqlNormal {

  /** What a server writes for options that are null in its tables. */
  private static final Set<String> UNSET =
      Set.of(
          "memtable = 'default'",
          "allow_auto_snapshot = true",
          "incremental_backups = true",
          // Of 6.0, where Accord is not enabled.
          "fast_path = 'keyspace'",
          "transactional_mode = 'off'",
          "transactional_migration_from = 'none'");

  /** The same for a keyspace; and for an index of the kind that is made unless another is named. */
  private static final List<String> IMPLIED =
      List.of(" AND fast_path = 'simple'", " USING 'legacy_local_table'");

  private CqlNormal() {}

  static String of(String statement) {
    String text = spaces(statement);
    text = text.endsWith(";") ? text.substring(0, text.length() - 1) : text;
    text = text.replace("org.apache.cassandra.locator.", "").replace(" STATIC", " static");
    for (String implied : IMPLIED) {
      text = text.endsWith(implied) ? text.substring(0, text.length() - implied.length()) : text;
    }
    if (text.startsWith("CREATE TABLE") || text.startsWith("CREATE MATERIALIZED VIEW")) {
      int with = text.lastIndexOf(") WITH ") + 1;
      Set<String> options = new TreeSet<>(split(text.substring(with + " WITH ".length())));
      options.removeAll(UNSET);
      text = text.substring(0, with) + " WITH " + options;
    }
    return text;
  }

  /** Makes each run of spaces outside of quotes one space, and none next to parentheses. */
  private static String spaces(String text) {
    StringBuilder out = new StringBuilder();
    char quote = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean dollars = text.startsWith("$$", i);
      if (quote == 0 && (c == '\'' || c == '"' || dollars)) {
        quote = c;
      } else if (quote != 0 && c == quote && (c != '$' || dollars)) {
        quote = 0;
      }
      if (dollars && (quote == 0 || quote == '$')) {
        out.append("$$");
        i++;
      } else if (quote != 0 || !Character.isWhitespace(c)) {
        out.append(c);
      } else if (out.length() > 0 && " (".indexOf(out.charAt(out.length() - 1)) < 0) {
        out.append(' ');
      }
    }
    return out.toString().replace(" )", ")").strip();
  }

  private static List<String> split(String options) {
    List<String> all = new ArrayList<>();
    StringBuilder option = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < options.length(); i++) {
      char c = options.charAt(i);
      quoted ^= c == '\'';
      if (!quoted && options.startsWith(" AND ", i)) {
        all.add(option.toString());
        option.setLength(0);
        i += " AND".length();
      } else {
        option.append(c);
      }
    }
    all.add(option.toString());
    return all;
  }
}
