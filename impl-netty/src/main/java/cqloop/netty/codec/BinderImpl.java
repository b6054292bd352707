package cqloop.netty.codec;

import cqloop.Binder;
import cqloop.BoundStatement;
import cqloop.netty.wire.BigEndian;
import cqloop.spi.ValueWriter;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Owned by one thread. Appends each value as it travels and notes where it is. When the variables
 * are set in order, which is how they usually are, what was written already is the result.
 */
public final class BinderImpl implements Binder {

  private static final int UNSET = 0; // The count is at position 0, so no value can be.
  private static final int OUT_OF_ORDER = -1;

  private final BindEncoder encoder;
  private final Function<byte[], BoundStatement> finish;
  private final ValueWriter out = new ValueWriter(128);
  private final int[] positions;

  /** How many values were set, as long as each came right after the one before; then -1. */
  private int inOrder;

  /**
   * @param finish makes the statement of the encoded values
   */
  public BinderImpl(BindEncoder encoder, Function<byte[], BoundStatement> finish) {
    this.encoder = encoder;
    this.finish = finish;
    this.positions = new int[encoder.variables().size()];
    out.writeShort(positions.length);
  }

  @Override
  public Binder set(int index, @Nullable Object value) {
    requireIndex(index);
    int start = out.size();
    try {
      encoder.write(index, value, out);
    } catch (RuntimeException refused) {
      out.truncate(start);
      throw refused;
    }
    return note(index, start);
  }

  @Override
  public Binder setBoolean(int index, boolean value) {
    if (shortcut(index) != TypeCode.BOOLEAN) {
      return set(index, Boolean.valueOf(value));
    }
    int start = out.size();
    Shortcuts.writeByte(value ? 1 : 0, out);
    return note(index, start);
  }

  @Override
  public Binder setByte(int index, byte value) {
    int start = out.size();
    return writeInteger(index, value) ? note(index, start) : set(index, Byte.valueOf(value));
  }

  @Override
  public Binder setShort(int index, short value) {
    int start = out.size();
    return writeInteger(index, value) ? note(index, start) : set(index, Short.valueOf(value));
  }

  @Override
  public Binder setInt(int index, int value) {
    int start = out.size();
    return writeInteger(index, value) ? note(index, start) : set(index, Integer.valueOf(value));
  }

  @Override
  public Binder setLong(int index, long value) {
    int start = out.size();
    return writeInteger(index, value) ? note(index, start) : set(index, Long.valueOf(value));
  }

  @Override
  public Binder setFloat(int index, float value) {
    if (shortcut(index) != TypeCode.FLOAT) {
      return set(index, Float.valueOf(value));
    }
    int start = out.size();
    Shortcuts.writeInt(Float.floatToRawIntBits(value), out);
    return note(index, start);
  }

  @Override
  public Binder setDouble(int index, double value) {
    if (shortcut(index) != TypeCode.DOUBLE) {
      return set(index, Double.valueOf(value));
    }
    int start = out.size();
    Shortcuts.writeLong(Double.doubleToRawLongBits(value), out);
    return note(index, start);
  }

  @Override
  public Binder setString(int index, String value) {
    return set(index, value);
  }

  @Override
  public Binder setNull(int index) {
    return set(index, null);
  }

  @Override
  public Binder unset(int index) {
    requireIndex(index);
    positions[index] = UNSET;
    inOrder = OUT_OF_ORDER;
    return this;
  }

  @Override
  public Binder set(String name, @Nullable Object value) {
    for (int index : encoder.indicesOf(name)) {
      set(index, value);
    }
    return this;
  }

  @Override
  public Binder setBoolean(String name, boolean value) {
    for (int index : encoder.indicesOf(name)) {
      setBoolean(index, value);
    }
    return this;
  }

  @Override
  public Binder setByte(String name, byte value) {
    for (int index : encoder.indicesOf(name)) {
      setByte(index, value);
    }
    return this;
  }

  @Override
  public Binder setShort(String name, short value) {
    for (int index : encoder.indicesOf(name)) {
      setShort(index, value);
    }
    return this;
  }

  @Override
  public Binder setInt(String name, int value) {
    for (int index : encoder.indicesOf(name)) {
      setInt(index, value);
    }
    return this;
  }

  @Override
  public Binder setLong(String name, long value) {
    for (int index : encoder.indicesOf(name)) {
      setLong(index, value);
    }
    return this;
  }

  @Override
  public Binder setFloat(String name, float value) {
    for (int index : encoder.indicesOf(name)) {
      setFloat(index, value);
    }
    return this;
  }

  @Override
  public Binder setDouble(String name, double value) {
    for (int index : encoder.indicesOf(name)) {
      setDouble(index, value);
    }
    return this;
  }

  @Override
  public Binder setString(String name, String value) {
    return set(name, value);
  }

  @Override
  public Binder setNull(String name) {
    return set(name, null);
  }

  @Override
  public Binder unset(String name) {
    for (int index : encoder.indicesOf(name)) {
      unset(index);
    }
    return this;
  }

  @Override
  public BoundStatement bind() {
    return finish.apply(inOrder == positions.length ? out.toByteArray() : assemble());
  }

  /** Copies the values in order, each with its length in front. */
  private byte[] assemble() {
    byte[] written = out.toByteArray();
    ValueWriter ordered = new ValueWriter(written.length + Integer.BYTES * positions.length);
    ordered.writeShort(positions.length);
    for (int i = 0; i < positions.length; i++) {
      if (positions[i] == UNSET) {
        encoder.writeUnset(i, ordered);
      } else {
        int length = Math.max(0, BigEndian.getInt(written, positions[i]));
        ordered.writeBytes(written, positions[i], Integer.BYTES + length);
      }
    }
    return ordered.toByteArray();
  }

  private boolean writeInteger(int index, long value) {
    return switch (shortcut(index)) {
      case TypeCode.TINYINT -> value == (byte) value && Shortcuts.writeByte((int) value, out);
      case TypeCode.SMALLINT -> value == (short) value && Shortcuts.writeShort((int) value, out);
      case TypeCode.INT -> value == (int) value && Shortcuts.writeInt((int) value, out);
      case TypeCode.BIGINT, TypeCode.COUNTER -> Shortcuts.writeLong(value, out);
      default -> false;
    };
  }

  /** Notes that the value of this variable begins at this position; an earlier one is forgotten. */
  private Binder note(int index, int start) {
    inOrder = index == inOrder ? inOrder + 1 : OUT_OF_ORDER;
    positions[index] = start;
    return this;
  }

  private int shortcut(int index) {
    requireIndex(index);
    return encoder.shortcut(index);
  }

  private void requireIndex(int index) {
    if (index < 0 || index >= positions.length) {
      throw new IndexOutOfBoundsException(
          "Variable index %d is outside 0..%d (%s)"
              .formatted(index, positions.length - 1, encoder.variables()));
    }
  }
}
