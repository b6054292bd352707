package cqloop.netty.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Value. Reads and writes big-endian numbers in byte arrays with one machine instruction each; the
 * array's own bounds check is the only one.
 */
public final class BigEndian {

  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private BigEndian() {}

  public static short getShort(byte[] bytes, int index) {
    return (short) SHORT.get(bytes, index);
  }

  public static int getUnsignedShort(byte[] bytes, int index) {
    return (short) SHORT.get(bytes, index) & 0xFFFF;
  }

  public static int getInt(byte[] bytes, int index) {
    return (int) INT.get(bytes, index);
  }

  public static long getLong(byte[] bytes, int index) {
    return (long) LONG.get(bytes, index);
  }

  public static void putShort(byte[] bytes, int index, int value) {
    SHORT.set(bytes, index, (short) value);
  }

  public static void putInt(byte[] bytes, int index, int value) {
    INT.set(bytes, index, value);
  }
}
