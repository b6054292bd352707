package cqloop.netty.codec;

import cqloop.Binder;
import cqloop.BoundStatement;
import cqloop.netty.wire.BigEndian;
import cqloop.spi.ValueWriter;
import org.jspecify.annotations.Nullable;

/**
 * Owned by one thread. Appends each value as it travels and notes where it is. When the variables
 * are set in order, which is how they usually are, what was written already is the result.
 */
public final class BinderImpl implements Binder {

  private static final int UNSET = 0; // The count is at position 0, so no value can be.
  private static final int OUT_OF_ORDER = -1;

  private final BindEncoder encoder;
  private final Finish finish;
  private final ValueWriter out;
  private final int size;

  /** The texts that are encoded when they are sent; made for the first one. */
  private @Nullable String @Nullable [] longTexts;

  /** Whether a statement has the texts: then they are copied before another one is set. */
  private boolean textsGiven;

  /** Where each value begins; made when the variables are not set in order. */
  private int @Nullable [] positions;

  /** How many values were set, as long as each came right after the one before; then -1. */
  private int inOrder;

  /**
   * @param finish makes the statement of the encoded values
   */
  public BinderImpl(BindEncoder encoder, Finish finish) {
    this.encoder = encoder;
    this.finish = finish;
    this.size = encoder.variables().size();
    this.out = new ValueWriter(encoder.expectedBytes());
    out.writeShort(size);
  }

  /** Makes the statement of encoded values and of the texts that they lack. */
  public interface Finish {
    BoundStatement bound(byte[] encoded, @Nullable String @Nullable [] longTexts);
  }

  @Override
  public Binder set(int index, @Nullable Object value) {
    requireIndex(index);
    int start = out.size();
    if (encoder.isLongText(index, value)) {
      longTexts()[index] = (String) value;
      out.writeInt(BoundStatement.LONG_TEXT);
      return note(index, start);
    }
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
    positions()[index] = UNSET;
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
    byte[] encoded = inOrder == size ? out.toSharedByteArray() : assemble(positions());
    encoder.expect(encoded.length);
    textsGiven = true;
    return finish.bound(encoded, longTexts);
  }

  private @Nullable String[] longTexts() {
    @Nullable String[] texts = longTexts;
    if (texts == null) {
      texts = new String[size];
    } else if (textsGiven) {
      texts = texts.clone();
    }
    textsGiven = false;
    longTexts = texts;
    return texts;
  }

  /** Copies the values in order, each with its length in front. */
  private byte[] assemble(int[] starts) {
    byte[] written = out.toByteArray();
    ValueWriter ordered = new ValueWriter(written.length + Integer.BYTES * size);
    ordered.writeShort(size);
    for (int i = 0; i < size; i++) {
      if (starts[i] == UNSET) {
        encoder.writeUnset(i, ordered);
      } else {
        int length = Math.max(0, BigEndian.getInt(written, starts[i]));
        ordered.writeBytes(written, starts[i], Integer.BYTES + length);
      }
    }
    return ordered.toByteArray();
  }

  /** From now on values are not in order: finds where those that were written begin. */
  private int[] positions() {
    if (positions == null) {
      int[] found = new int[size];
      int at = Short.BYTES;
      for (int i = 0; i < inOrder; i++) {
        found[i] = at;
        at += Integer.BYTES + Math.max(0, out.getInt(at));
      }
      positions = found;
      inOrder = OUT_OF_ORDER;
    }
    return positions;
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
    if (index == inOrder && positions == null) {
      inOrder++;
    } else {
      noteOutOfOrder(index, start);
    }
    return this;
  }

  private void noteOutOfOrder(int index, int start) {
    positions()[index] = start;
  }

  private int shortcut(int index) {
    requireIndex(index);
    return encoder.shortcut(index);
  }

  private void requireIndex(int index) {
    if (index < 0 || index >= size) {
      throw new IndexOutOfBoundsException(
          "Variable index %s is outside 0..%s (%s)"
              .formatted(index, size - 1, encoder.variables()));
    }
  }
}
