package cqloop.metadata;

import org.jspecify.annotations.Nullable;

/**
 * Value. How a node of ScyllaDB divides its tokens among its shards, each of which is one core with
 * data of its own. A request that comes in on a connection of the right shard is not handed on
 * inside the node.
 *
 * @param shards how many there are, 1 to {@link #MAX_SHARDS}
 * @param ignoredBits how many leading bits of a token take no part, 0 to 63
 */
public record Sharding(int shards, int ignoredBits) {

  /** More than this is taken for nonsense; the largest machines have some hundred cores. */
  public static final int MAX_SHARDS = 1024;

  /**
   * @throws IllegalArgumentException when a component is out of its range
   */
  public Sharding {
    if (shards < 1 || shards > MAX_SHARDS || ignoredBits < 0 || ignoredBits > 63) {
      throw new IllegalArgumentException(
          "shards must be 1 to %s, ignoredBits 0 to 63: %s, %s"
              .formatted(MAX_SHARDS, shards, ignoredBits));
    }
  }

  /**
   * Returns the shard that a Murmur3 token belongs to, 0 to below {@link #shards}. ScyllaDB,
   * docs/dev/protocol-extensions.md: the token as an unsigned number, without its leading bits,
   * scaled to the number of shards.
   */
  public int shardOf(long token) {
    long scaled = (token - Long.MIN_VALUE) << ignoredBits;
    // The high half of the unsigned product; JDK 17 has the signed one only.
    return (int) (Math.multiplyHigh(scaled, shards) + (scaled < 0 ? shards : 0));
  }

  /** Returns the shard of a token, or null when the token is not one of Murmur3. */
  public @Nullable Integer shardOf(Token token) {
    return token instanceof Murmur3Token murmur3 ? shardOf(murmur3.value()) : null;
  }
}
