package cqloop.netty.message;

import cqloop.netty.wire.BigEndian;

/** Value. Looks into values that are already in the form of the wire. */
final class EncodedValues {

  // native_protocol_v4.spec, 3. [value].
  private static final int UNSET_LENGTH = -2;

  private EncodedValues() {}

  /** Tells whether any of {@code [short n]([string name]?[value])*} is unset. */
  static boolean anyUnset(byte[] values, boolean named) {
    int count = BigEndian.getUnsignedShort(values, 0);
    int at = Short.BYTES;
    for (int i = 0; i < count; i++) {
      if (named) {
        at += Short.BYTES + BigEndian.getUnsignedShort(values, at);
      }
      int length = BigEndian.getInt(values, at);
      if (length == UNSET_LENGTH) {
        return true;
      }
      at += Integer.BYTES + Math.max(length, 0);
    }
    return false;
  }
}
