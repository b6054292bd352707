package cqloop.metadata;

import cqloop.type.CqlIdentifier;
import java.util.List;
import java.util.Map;

/**
 * Loop-owned. Writes one statement, with or without line breaks. Every name and string is quoted as
 * CQL wants it.
 */
final class CqlText {

  private static final String LINE = "\n    ";
  private static final String DOLLARS = "$$";

  private final DescribeOptions options;
  private final StringBuilder out = new StringBuilder();

  CqlText(DescribeOptions options) {
    this.options = options;
  }

  /** Returns statements as one text. */
  static String joined(List<String> statements, DescribeOptions options) {
    StringBuilder all = new StringBuilder();
    for (String statement : statements) {
      all.append(all.isEmpty() ? "" : options.formatted() ? "\n\n" : "\n");
      all.append(statement).append(';');
    }
    return all.toString();
  }

  CqlText add(String text) {
    out.append(text);
    return this;
  }

  CqlText add(char c) {
    out.append(c);
    return this;
  }

  CqlText name(String name) {
    return add(CqlIdentifier.quoteIfNeeded(name));
  }

  /** Writes a name, with its keyspace when that is wanted. */
  CqlText name(String keyspace, String name) {
    if (options.withKeyspace()) {
      name(keyspace).add('.');
    }
    return name(name);
  }

  CqlText string(String value) {
    return add('\'').add(value.replace("'", "''")).add('\'');
  }

  CqlText map(Map<String, ?> values) {
    add('{');
    boolean first = true;
    for (Map.Entry<String, ?> entry : values.entrySet()) {
      add(first ? "" : ", ").string(entry.getKey()).add(": ").string(entry.getValue().toString());
      first = false;
    }
    return add('}');
  }

  /** Writes source code: between dollars, unless they stand in it. */
  CqlText body(String source) {
    boolean inDollars = !source.contains(DOLLARS) && !source.endsWith("$");
    return inDollars ? add(DOLLARS).add(source).add(DOLLARS) : string(source);
  }

  /** Goes to the next line, or to the next word. */
  CqlText line() {
    return add(options.formatted() ? LINE : " ");
  }

  /** Begins an item of a list in parentheses: on a line of its own, or after the last one. */
  CqlText item(boolean first) {
    return options.formatted() ? add(LINE) : add(first ? "" : " ");
  }

  /** Ends a list of items. */
  CqlText endItems() {
    return add(options.formatted() ? "\n" : "");
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
