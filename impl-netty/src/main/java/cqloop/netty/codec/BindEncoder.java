package cqloop.netty.codec;

import cqloop.BoundStatement;
import cqloop.Column;
import cqloop.Columns;
import cqloop.error.CodecFailed;
import cqloop.spi.TypeCodec;
import cqloop.spi.ValueWriter;
import cqloop.type.DataType;
import cqloop.type.TypedValue;
import cqloop.type.Unset;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Value. Writes the values of one prepared statement as EXECUTE carries them: {@code [short n]},
 * then n times {@code [int length][bytes]}. The usual Java type of a usual CQL type is written
 * without asking a codec; for every other variable the codec of the last value is remembered.
 */
public final class BindEncoder {

  /** A rare giant must not make every later encoding reserve as much. */
  private static final int MAX_EXPECTED_BYTES = 4096;

  /** From this many characters on, it is cheaper to encode a text where it is sent from. */
  private static final int LONG_TEXT_CHARS = 256;

  private final Columns variables;
  private final Codecs codecs;
  private final boolean unsetAllowed;
  private final int[] shortcuts;
  private final boolean[] mayBeLong;
  private final @Nullable Remembered[] remembered;
  private int expectedBytes;

  /**
   * @param unsetAllowed whether the protocol has unset values, as it has from v4
   * @param partitionKey positions that are always encoded at once: the token is made of them
   */
  public BindEncoder(Columns variables, Codecs codecs, boolean unsetAllowed, int[] partitionKey) {
    this.variables = variables;
    this.codecs = codecs;
    this.unsetAllowed = unsetAllowed;
    this.shortcuts = new int[variables.size()];
    this.mayBeLong = new boolean[variables.size()];
    this.remembered = new Remembered[variables.size()];
    for (int i = 0; i < shortcuts.length; i++) {
      DataType type = variables.get(i).type();
      shortcuts[i] = codecs.hasUserCodec(type) ? TypeCode.OTHER : TypeCode.of(type);
      mayBeLong[i] = shortcuts[i] == TypeCode.TEXT;
    }
    for (int index : partitionKey) {
      mayBeLong[index] = false;
    }
  }

  /**
   * Encodes one value for each variable, in order, but for its {@link #longTexts}.
   *
   * @throws IllegalArgumentException when there are not as many values as variables
   * @throws CodecFailed when a value does not fit
   */
  public byte[] encode(@Nullable Object... values) {
    requireCount(values.length);
    Writers writers = Writers.ofThread();
    ValueWriter out = writers.take();
    out.writeShort(values.length);
    for (int i = 0; i < values.length; i++) {
      if (isLongText(i, values[i])) {
        out.writeInt(BoundStatement.LONG_TEXT);
      } else {
        write(i, values[i], out);
      }
    }
    return writers.finish(out);
  }

  /** Returns the texts among the values that are encoded when they are sent, or null. */
  public @Nullable String @Nullable [] longTexts(@Nullable Object... values) {
    @Nullable String[] texts = null;
    for (int i = 0; i < values.length; i++) {
      if (isLongText(i, values[i])) {
        texts = texts == null ? new String[values.length] : texts;
        texts[i] = (String) values[i];
      }
    }
    return texts;
  }

  /** Tells whether a value is a text that is encoded when it is sent. */
  boolean isLongText(int index, @Nullable Object value) {
    return value instanceof String text && text.length() >= LONG_TEXT_CHARS && mayBeLong[index];
  }

  /**
   * Returns values by name in the order of the variables; each name sets every variable that has
   * it. Others stay unset.
   *
   * @throws NoSuchElementException when no variable has a name
   */
  public @Nullable Object[] inOrder(Map<String, ?> values) {
    @Nullable Object[] ordered = new Object[variables.size()];
    for (int i = 0; i < ordered.length; i++) {
      ordered[i] = Unset.UNSET;
    }
    for (Map.Entry<String, ?> entry : values.entrySet()) {
      for (int index : indicesOf(entry.getKey())) {
        ordered[index] = entry.getValue();
      }
    }
    return ordered;
  }

  /** Returns how many bytes the last encoding had: the next one often has as many. */
  int expectedBytes() {
    return expectedBytes;
  }

  void expect(int encodedBytes) {
    // Threads may race here: any of their sizes is a good guess.
    expectedBytes = Math.min(encodedBytes, MAX_EXPECTED_BYTES);
  }

  Columns variables() {
    return variables;
  }

  /** Returns the type code of a variable that may be written without its codec, else OTHER. */
  int shortcut(int index) {
    return shortcuts[index];
  }

  /** Returns every position of a name, of which there is at least one. */
  int[] indicesOf(String name) {
    int[] indices = variables.allIndicesOf(name);
    if (indices.length == 0) {
      throw new NoSuchElementException("No variable '%s'. Known: %s".formatted(name, variables));
    }
    return indices;
  }

  /** Writes length and bytes of the value of this variable. */
  void write(int index, @Nullable Object value, ValueWriter out) {
    if (value == null) {
      out.writeNull();
    } else if (!Shortcuts.write(shortcuts[index], value, out)) {
      writeWithCodec(index, value, out);
    }
  }

  void writeUnset(int index, ValueWriter out) {
    if (!unsetAllowed) {
      Column column = variables.get(index);
      throw unsetRefused(column.name(), column.type());
    }
    out.writeUnset();
  }

  static CodecFailed unsetRefused(String variable, DataType type) {
    String problem =
        "it has no value, and the protocol has unset values from v4 only; bind a value or null";
    return new CodecFailed(variable, type, Unset.class.getName(), problem, null);
  }

  private void writeWithCodec(int index, Object value, ValueWriter out) {
    if (value == Unset.UNSET) {
      writeUnset(index, out);
    } else if (value instanceof Optional<?> optional) {
      write(index, optional.orElse(null), out);
    } else if (value instanceof TypedValue typed) {
      write(index, typed.value(), out);
    } else {
      int mark = out.beginValue();
      try {
        codecFor(index, value).encode(value, out);
      } catch (RuntimeException refused) {
        throw failed(index, value, refused);
      }
      out.endValue(mark);
    }
  }

  private TypeCodec<Object> codecFor(int index, Object value) {
    Remembered last = remembered[index];
    if (last != null && last.javaClass == value.getClass()) {
      return last.codec;
    }
    DataType type = variables.get(index).type();
    TypeCodec<Object> codec = codecs.codecForValue(type, value);
    // A codec of the user may accept one value of a class and refuse another: ask it each time.
    if (!codecs.hasUserCodec(type)) {
      // Threads may race here: each sees a whole entry, because its fields are final, or none.
      remembered[index] = new Remembered(value.getClass(), codec);
    }
    return codec;
  }

  private CodecFailed failed(int index, Object value, RuntimeException refused) {
    Column column = variables.get(index);
    return CodecErrors.of(column.name(), column.type(), value.getClass().getName(), refused);
  }

  private void requireCount(int given) {
    if (given != shortcuts.length) {
      throw new IllegalArgumentException(
          "The statement has %s variables (%s), but %s values were given"
              .formatted(shortcuts.length, variables, given));
    }
  }

  private record Remembered(Class<?> javaClass, TypeCodec<Object> codec) {}
}
