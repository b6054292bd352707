package cqloop.testkit.fake;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Value. A query of the form that clients send to system tables: {@code SELECT columns FROM table
 * [WHERE column = value AND ...]}.
 *
 * @param columns the selected columns; empty for {@code *}
 * @param table the table, with its keyspace, in lower case
 * @param conditions column to literal (without quotes), or to {@code ?} for a bound value
 */
record SimpleSelect(List<String> columns, String table, Map<String, String> conditions) {

  /** The parsed query, or null when it has another form. */
  static @Nullable SimpleSelect parse(String cql) {
    List<String> words = words(cql);
    int from = words.indexOf("from");
    if (from < 2 || !words.get(0).equals("select") || from + 1 >= words.size()) {
      return null;
    }
    List<String> columns = new ArrayList<>();
    for (String word : words.subList(1, from)) {
      if (!word.equals(",") && !word.equals("*")) {
        columns.add(word);
      }
    }
    Map<String, String> conditions = new LinkedHashMap<>();
    int where = from + 2;
    if (where < words.size() && words.get(where).equals("where")) {
      for (int i = where + 1; i + 2 < words.size() && words.get(i + 1).equals("="); i += 4) {
        conditions.put(words.get(i), words.get(i + 2));
      }
    }
    return new SimpleSelect(columns, words.get(from + 1), conditions);
  }

  /** Splits at spaces, commas and equals signs; quoted texts keep their case, others lose it. */
  private static List<String> words(String cql) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < cql.length(); i++) {
      char c = cql.charAt(i);
      if (c == '\'' || c == '"') {
        quoted = !quoted;
      } else if (quoted) {
        word.append(c);
      } else if (Character.isWhitespace(c) || c == ',' || c == '=' || c == ';') {
        flush(words, word);
        if (c == ',' || c == '=') {
          words.add(String.valueOf(c));
        }
      } else {
        word.append(String.valueOf(c).toLowerCase(Locale.ROOT));
      }
    }
    flush(words, word);
    return words;
  }

  private static void flush(List<String> words, StringBuilder word) {
    if (!word.isEmpty()) {
      words.add(word.toString());
      word.setLength(0);
    }
  }
}
