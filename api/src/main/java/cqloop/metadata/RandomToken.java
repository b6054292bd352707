package cqloop.metadata;

import java.math.BigInteger;

/**
 * Value. A token of the RandomPartitioner.
 *
 * @param value 0 to 2^127; -1 is the minimum
 */
public record RandomToken(BigInteger value) implements Token {

  /**
   * @throws ClassCastException when the other is of another partitioner
   */
  @Override
  public int compareTo(Token other) {
    return value.compareTo(((RandomToken) other).value);
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
