package cqloop;

import io.vertx.core.buffer.Buffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Value. Where the next page begins. Opaque, and only valid for the same statement with the same
 * values on the same cluster and protocol version. It is not protected: whoever can give an
 * application a paging state can choose the row at which reading goes on.
 */
public final class PagingState {

  private final byte[] bytes;

  private PagingState(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Returns the state with these bytes, of which it keeps a copy. */
  public static PagingState of(byte[] bytes) {
    return new PagingState(bytes.clone());
  }

  /** Returns the state with these bytes, of which it keeps a copy. */
  public static PagingState of(Buffer bytes) {
    return new PagingState(bytes.getBytes());
  }

  /** Returns a copy of the bytes. */
  public byte[] toByteArray() {
    return bytes.clone();
  }

  /** Returns a copy of the bytes. */
  public Buffer toBuffer() {
    return Buffer.buffer(bytes);
  }

  /** Returns the number of bytes. */
  public int size() {
    return bytes.length;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof PagingState that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return "PagingState(" + bytes.length + " bytes)";
  }
}
