package cqloop.spi;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Owned by one thread at a time. A growing array of bytes, written big-endian, in which values take
 * the form they have on the wire. It never holds more than {@link #MAX_BYTES}.
 */
public final class ValueWriter {

  /** The most bytes that one writer takes: the limit of a frame in the native protocol. */
  public static final int MAX_BYTES = 256 * 1024 * 1024;

  private static final int MIN_GROWTH = 32;

  /** Up to this length a loop without an array in between is cheaper. */
  private static final int SHORT_TEXT = 32;

  private static final int NULL_LENGTH = -1; // native_protocol_v4.spec, 3: [value]
  private static final int UNSET_LENGTH = -2;

  private static final VarHandle SHORT = view(short[].class);
  private static final VarHandle INT = view(int[].class);
  private static final VarHandle LONG = view(long[].class);

  private static final byte[] EMPTY = {};

  private byte[] bytes;
  private int size;

  /** Creates an empty writer with room for this many bytes; it grows when needed. */
  public ValueWriter(int initialBytes) {
    bytes = initialBytes == 0 ? EMPTY : new byte[initialBytes];
  }

  public void writeByte(int value) {
    int start = reserve(1); // First: it may replace the array.
    bytes[start] = (byte) value;
  }

  public void writeShort(int value) {
    int start = reserve(2);
    SHORT.set(bytes, start, (short) value);
  }

  public void writeInt(int value) {
    int start = reserve(4);
    INT.set(bytes, start, value);
  }

  public void writeLong(long value) {
    int start = reserve(8);
    LONG.set(bytes, start, value);
  }

  public void writeFloat(float value) {
    writeInt(Float.floatToRawIntBits(value));
  }

  public void writeDouble(double value) {
    writeLong(Double.doubleToRawLongBits(value));
  }

  /** Writes all the numbers, in bulk. */
  public void writeFloats(float[] source) {
    int length = Math.multiplyExact(source.length, Float.BYTES);
    int start = reserve(length);
    ByteBuffer.wrap(bytes, start, length).asFloatBuffer().put(source);
  }

  public void writeBytes(byte[] source) {
    writeBytes(source, 0, source.length);
  }

  public void writeBytes(byte[] source, int offset, int length) {
    int start = reserve(length);
    System.arraycopy(source, offset, bytes, start, length);
  }

  /** Writes the text as UTF-8, without a length in front. */
  public void writeUtf8(String text) {
    int length = text.length();
    if (length > SHORT_TEXT || !writeAscii(text, length)) {
      // The JDK's own encoder is vectorised: about five times quicker than a loop over a long text.
      writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  private boolean writeAscii(String text, int length) {
    int start = reserve(length);
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        size = start;
        return false;
      }
      bytes[start + i] = (byte) c;
    }
    return true;
  }

  /** Writes {@code [int -1]}, which is how null travels. */
  public void writeNull() {
    writeInt(NULL_LENGTH);
  }

  /** Writes {@code [int -2]}: leave the column as it is. From protocol v4. */
  public void writeUnset() {
    writeInt(UNSET_LENGTH);
  }

  /**
   * Begins a value with its length in front, and returns the mark to end it with. Values may be
   * nested.
   */
  public int beginValue() {
    int mark = size;
    writeInt(0);
    return mark;
  }

  /** Ends the value that began with this mark: its length is what was written since. */
  public void endValue(int mark) {
    INT.set(bytes, mark, size - mark - Integer.BYTES);
  }

  /** Returns how many bytes were written. */
  public int size() {
    return size;
  }

  /** Forgets what was written after this size, so that a failed value leaves nothing behind. */
  public void truncate(int newSize) {
    if (newSize < 0 || newSize > size) {
      throw new IllegalArgumentException("Size %s is outside 0..%s".formatted(newSize, size));
    }
    size = newSize;
  }

  /**
   * Returns what was written, without a copy where it fills the array of the writer exactly: what
   * is written later goes to another array. The bytes must not be overwritten afterwards.
   */
  public byte[] toSharedByteArray() {
    return size == bytes.length ? bytes : toByteArray();
  }

  /** Returns a copy of what was written. */
  public byte[] toByteArray() {
    return Arrays.copyOf(bytes, size);
  }

  /** Returns four bytes that were written before. */
  public int getInt(int position) {
    if (position < 0 || position > size - Integer.BYTES) {
      throw new IndexOutOfBoundsException(position);
    }
    return (int) INT.get(bytes, position);
  }

  /** Overwrites two bytes that were written before. */
  public void setShort(int position, int value) {
    if (position < 0 || position > size - Short.BYTES) {
      throw new IndexOutOfBoundsException(position);
    }
    SHORT.set(bytes, position, (short) value);
  }

  private int reserve(int count) {
    int start = size;
    int end = start + count;
    if (end > bytes.length || end < 0) {
      grow(end);
    }
    size = end;
    return start;
  }

  private void grow(int needed) {
    if (needed < 0 || needed > MAX_BYTES) {
      throw new IllegalArgumentException(
          "The values of one request are longer than " + MAX_BYTES + " bytes");
    }
    bytes =
        Arrays.copyOf(
            bytes, Math.max(needed, Math.min(MAX_BYTES, Math.max(MIN_GROWTH, bytes.length * 2))));
  }

  private static VarHandle view(Class<?> arrayType) {
    return MethodHandles.byteArrayViewVarHandle(arrayType, ByteOrder.BIG_ENDIAN);
  }
}
