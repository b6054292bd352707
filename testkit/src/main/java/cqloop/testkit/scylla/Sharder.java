package cqloop.testkit.scylla;

import java.math.BigInteger;

/**
 * Value. The shard of a token, in the words of ScyllaDB's protocol-extensions.md, with numbers that
 * cannot overflow.
 *
 * @param shards how many the node has
 * @param ignoredBits how many of the most significant bits of a token say nothing
 */
record Sharder(int shards, int ignoredBits) {
  private static final BigInteger TWO_TO_63 = BigInteger.ONE.shiftLeft(63);
  private static final BigInteger TWO_TO_64 = BigInteger.ONE.shiftLeft(64);

  int shardOf(long token) {
    BigInteger biased = BigInteger.valueOf(token).add(TWO_TO_63);
    BigInteger kept = biased.shiftLeft(ignoredBits).mod(TWO_TO_64);
    return kept.multiply(BigInteger.valueOf(shards)).shiftRight(64).intValueExact();
  }
}
