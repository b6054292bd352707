package cqloop.bench.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;

/** A growing array with the notations of the native protocol; not for a request path. */
public final class Bytes {
  private byte[] array;
  private int size;

  /** Starts empty. */
  public Bytes() {
    array = new byte[256];
  }

  /** Number of bytes written. */
  public int size() {
    return size;
  }

  /** A copy of what was written. */
  public byte[] toArray() {
    return Arrays.copyOf(array, size);
  }

  /** One byte. */
  public Bytes u8(int value) {
    reserve(1);
    array[size++] = (byte) value;
    return this;
  }

  /** {@code [short]}. */
  public Bytes u16(int value) {
    return u8(value >> 8).u8(value);
  }

  /** {@code [int]}. */
  public Bytes i32(int value) {
    return u16(value >> 16).u16(value);
  }

  /** {@code [long]}. */
  public Bytes i64(long value) {
    return i32((int) (value >> 32)).i32((int) value);
  }

  /** The bytes as they are. */
  public Bytes raw(byte[] bytes) {
    reserve(bytes.length);
    System.arraycopy(bytes, 0, array, size, bytes.length);
    size += bytes.length;
    return this;
  }

  /** {@code [string]}. */
  public Bytes string(String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    return u16(utf8.length).raw(utf8);
  }

  /** {@code [long string]}. */
  public Bytes longString(String value) {
    return cell(value.getBytes(StandardCharsets.UTF_8));
  }

  /** {@code [short bytes]}. */
  public Bytes shortBytes(byte[] value) {
    return u16(value.length).raw(value);
  }

  /** {@code [bytes]}. */
  public Bytes cell(byte[] value) {
    return i32(value.length).raw(value);
  }

  /** A cell of type bigint or timestamp. */
  public Bytes longCell(long value) {
    return i32(8).i64(value);
  }

  /** A cell of type int. */
  public Bytes intCell(int value) {
    return i32(4).i32(value);
  }

  /** A cell of type double. */
  public Bytes doubleCell(double value) {
    return longCell(Double.doubleToRawLongBits(value));
  }

  /** A cell of type boolean. */
  public Bytes booleanCell(boolean value) {
    return i32(1).u8(value ? 1 : 0);
  }

  /** A cell of type uuid. */
  public Bytes uuidCell(UUID value) {
    return i32(16).i64(value.getMostSignificantBits()).i64(value.getLeastSignificantBits());
  }

  /** Overwrites four bytes at {@code at}. */
  public Bytes patchInt(int at, int value) {
    ByteBuffer.wrap(array).putInt(at, value);
    return this;
  }

  private void reserve(int more) {
    if (size + more > array.length) {
      array = Arrays.copyOf(array, Math.max(size + more, array.length * 2));
    }
  }
}
