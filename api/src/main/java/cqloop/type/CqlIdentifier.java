package cqloop.type;

import java.util.Locale;

/**
 * Value. Rules of CQL names: without double quotes a name is folded to lower case, within them it
 * is kept and a double quote is written twice.
 */
public final class CqlIdentifier {

  private CqlIdentifier() {}

  /**
   * Returns the name as the server stores it: {@code "Total"} in quotes gives {@code Total}, {@code
   * Total} gives {@code total}.
   *
   * @throws IllegalArgumentException when the name is empty or its quotes do not match
   */
  public static String toInternal(String cqlName) {
    if (cqlName.isEmpty()) {
      throw new IllegalArgumentException("A CQL name must not be empty");
    }
    if (cqlName.charAt(0) != '"') {
      return isLowerCase(cqlName) ? cqlName : cqlName.toLowerCase(Locale.ROOT);
    }
    int end = cqlName.length() - 1;
    String inner = end < 1 ? "" : cqlName.substring(1, end);
    String unescaped = inner.replace("\"\"", "\"");
    boolean balanced = !inner.replace("\"\"", "").contains("\"");
    if (inner.isEmpty() || cqlName.charAt(end) != '"' || !balanced) {
      throw new IllegalArgumentException("Quotes of the CQL name do not match: " + cqlName);
    }
    return unescaped;
  }

  /** Returns the stored name as it must be written in CQL text: always in double quotes. */
  public static String quote(String internalName) {
    return '"' + internalName.replace("\"", "\"\"") + '"';
  }

  /**
   * Returns the stored name as it may be written in CQL text, in quotes only where it is not made
   * of lower-case letters, digits and underscores with a letter in front, or is a reserved word.
   */
  public static String quoteIfNeeded(String internalName) {
    return isPlain(internalName) && !ReservedWords.contains(internalName)
        ? internalName
        : quote(internalName);
  }

  private static boolean isPlain(String name) {
    if (name.isEmpty() || name.charAt(0) < 'a' || name.charAt(0) > 'z') {
      return false;
    }
    for (int i = 1; i < name.length(); i++) {
      char c = name.charAt(i);
      if ((c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '_') {
        return false;
      }
    }
    return true;
  }

  private static boolean isLowerCase(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c >= 0x80 || (c >= 'A' && c <= 'Z')) {
        return false;
      }
    }
    return true;
  }
}
