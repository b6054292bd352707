package cqloop.netty.schema;

import cqloop.type.CqlIdentifier;
import java.util.Collection;
import java.util.Set;

/** Value. Writes names and strings into CQL text. */
final class Names {

  /** Types whose values servers store as they show them, but CQL wants in quotes. */
  private static final Set<String> QUOTED =
      Set.of("ascii", "text", "varchar", "inet", "timestamp", "date", "time");

  private Names() {}

  /** Tells whether CQL takes values of this type as strings. */
  static boolean isWrittenAsString(String type) {
    return QUOTED.contains(type);
  }

  static String quoted(String name) {
    return CqlIdentifier.quoteIfNeeded(name);
  }

  static String string(String text) {
    return '\'' + text.replace("'", "''") + '\'';
  }

  /** Returns {@code ('a', 'b')}. */
  static String strings(Collection<String> texts) {
    StringBuilder list = new StringBuilder("(");
    for (String text : texts) {
      list.append(list.length() == 1 ? "" : ", ").append(string(text));
    }
    return list.append(')').toString();
  }
}
