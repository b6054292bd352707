package cqloop.metadata;

/**
 * Value. How an object of the schema is described.
 *
 * @param formatted over several lines; else each statement is one line
 * @param withKeyspace names are qualified with their keyspace; else the text is for the keyspace
 *     that is current where it runs, and that of a whole keyspace makes it current with USE
 * @param withContents a keyspace comes with all that is in it, a table with its indexes and views
 */
public record DescribeOptions(boolean formatted, boolean withKeyspace, boolean withContents) {

  /** Formatted, with the keyspace, with the contents. */
  public static final DescribeOptions DEFAULT = new DescribeOptions(true, true, true);

  /** Returns these options with or without line breaks. */
  public DescribeOptions withFormatted(boolean lines) {
    return new DescribeOptions(lines, withKeyspace, withContents);
  }

  /** Returns these options with or without the name of the keyspace. */
  public DescribeOptions withKeyspace(boolean qualified) {
    return new DescribeOptions(formatted, qualified, withContents);
  }

  /** Returns these options with or without what the object contains. */
  public DescribeOptions withContents(boolean contents) {
    return new DescribeOptions(formatted, withKeyspace, contents);
  }
}
