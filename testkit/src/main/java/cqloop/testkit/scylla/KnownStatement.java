package cqloop.testkit.scylla;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Value. A statement that was prepared through a front.
 *
 * @param cql its text, as the client sent it
 * @param keyspace the keyspace of its variables, empty when it has none
 * @param table the table of its variables, empty when it has none
 * @param partitionKey the positions of the partition key among its variables, in order; empty when
 *     they are not all variables, and before protocol v4
 */
public record KnownStatement(
    String cql, String keyspace, String table, List<Integer> partitionKey) {

  private static final Pattern QUOTED = Pattern.compile("'[^']*'|\"[^\"]*\"");
  private static final Pattern CONDITION = Pattern.compile("\\sIF\\s");
  private static final Pattern WRITE = Pattern.compile("^\\s*(INSERT|UPDATE|DELETE|BEGIN)\\s");

  /**
   * Whether it is a lightweight transaction.
   *
   * @return true for a write with a condition
   */
  public boolean isConditional() {
    String words = QUOTED.matcher(cql).replaceAll("x").toUpperCase(Locale.ROOT);
    return WRITE.matcher(words).find() && CONDITION.matcher(words).find();
  }

  /**
   * Whether it changes data.
   *
   * @return false for SELECT
   */
  public boolean isWrite() {
    return WRITE.matcher(cql.toUpperCase(Locale.ROOT)).find();
  }
}
