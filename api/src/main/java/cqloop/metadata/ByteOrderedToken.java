package cqloop.metadata;

import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Value. A token of the ByteOrderedPartitioner: the partition key itself. */
public final class ByteOrderedToken implements Token {

  private final byte[] bytes;

  private ByteOrderedToken(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Returns the token of these bytes, of which it keeps a copy. */
  public static ByteOrderedToken of(byte[] bytes) {
    return new ByteOrderedToken(bytes.clone());
  }

  /** Returns a copy of the bytes. */
  public byte[] toByteArray() {
    return bytes.clone();
  }

  /**
   * @throws ClassCastException when the other is of another partitioner
   */
  @Override
  public int compareTo(Token other) {
    return Arrays.compareUnsigned(bytes, ((ByteOrderedToken) other).bytes);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ByteOrderedToken that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return "0x" + HexFormat.of().formatHex(bytes);
  }
}
