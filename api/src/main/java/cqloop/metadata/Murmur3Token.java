package cqloop.metadata;

/**
 * Value. A token of the Murmur3Partitioner.
 *
 * @param value any long but the lowest, which the partitioner reserves as the minimum
 */
public record Murmur3Token(long value) implements Token {

  /**
   * @throws ClassCastException when the other is of another partitioner
   */
  @Override
  public int compareTo(Token other) {
    return Long.compare(value, ((Murmur3Token) other).value);
  }

  @Override
  public String toString() {
    return Long.toString(value);
  }
}
