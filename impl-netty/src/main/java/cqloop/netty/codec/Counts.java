package cqloop.netty.codec;

import cqloop.netty.wire.BigEndian;

/** Value. Counts of collections: never believed before the bytes are there to hold so many. */
final class Counts {

  private Counts() {}

  /**
   * Reads the count at this position.
   *
   * @param leastBytes the fewest bytes that one of the counted things can have
   * @throws BadValue when it is missing, negative, or larger than the bytes after it allow
   */
  static int read(byte[] bytes, int at, int end, int leastBytes) {
    if (end - at < Integer.BYTES) {
      throw new BadValue("it ends where a count should be");
    }
    int count = BigEndian.getInt(bytes, at);
    int most = (end - at - Integer.BYTES) / leastBytes;
    if (count < 0 || count > most) {
      throw new BadValue("it claims %s elements, but has bytes for %s".formatted(count, most));
    }
    return count;
  }

  /** Refuses bytes after the last element. */
  static void requireEnd(int at, int end) {
    if (at != end) {
      throw new BadValue("%s bytes are left after the last element".formatted(end - at));
    }
  }

  /** Returns the initial capacity of a hash table that takes so many without growing. */
  static int hashCapacity(int count) {
    return count + count / 3 + 1;
  }
}
