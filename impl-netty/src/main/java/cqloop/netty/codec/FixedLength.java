package cqloop.netty.codec;

/** Value. The length check of types whose values always have the same number of bytes. */
final class FixedLength {

  private FixedLength() {}

  /**
   * Tells whether the value is an empty one.
   *
   * @throws BadValue when it has neither no bytes nor the expected number of them
   */
  static boolean isEmpty(int length, int expected) {
    if (length == expected) {
      return false;
    }
    if (length == 0) {
      return true;
    }
    throw BadValue.length(length, expected);
  }
}
