package cqloop.netty.schema;

import cqloop.type.CqlIdentifier;
import java.util.Collection;

/** Value. Writes names and strings into CQL text. */
final class Names {

  private Names() {}

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
