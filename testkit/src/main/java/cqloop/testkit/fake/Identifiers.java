package cqloop.testkit.fake;

import java.util.Locale;

/** Value. Names in CQL texts. */
final class Identifiers {
  private Identifiers() {}

  /** The name that an identifier stands for: quoted as it is, unquoted in lower case. */
  static String unquote(String identifier) {
    int end = identifier.length() - 1;
    if (end > 0 && identifier.charAt(0) == '"' && identifier.charAt(end) == '"') {
      return identifier.substring(1, end).replace("\"\"", "\"");
    }
    return identifier.toLowerCase(Locale.ROOT);
  }
}
