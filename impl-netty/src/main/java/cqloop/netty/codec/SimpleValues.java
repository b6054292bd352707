package cqloop.netty.codec;

import cqloop.error.CodecFailed;
import cqloop.spi.ValueWriter;
import cqloop.type.CqlIdentifier;
import cqloop.type.DataType;
import cqloop.type.PrimitiveType;
import cqloop.type.TypedValue;
import cqloop.type.Unset;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Value. Writes the values of statements that are not prepared, as QUERY and BATCH carry them. The
 * CQL type is that of a {@link TypedValue}, else follows from the Java type.
 */
public final class SimpleValues {

  private static final int MAX_SHORT =
      0xFFFF; // Values are counted, and names measured, in a [short].

  private final Codecs codecs;
  private final boolean unsetAllowed;

  /**
   * @param unsetAllowed whether the protocol has unset values, as it has from v4
   */
  public SimpleValues(Codecs codecs, boolean unsetAllowed) {
    this.codecs = codecs;
    this.unsetAllowed = unsetAllowed;
  }

  /**
   * Encodes values by position: {@code [short n]}, then n times {@code [int length][bytes]}.
   *
   * @throws IllegalArgumentException when there are more than 65535, or the Java type of one stands
   *     for no CQL type
   * @throws CodecFailed when a value does not fit its CQL type
   */
  public byte[] encode(List<? extends @Nullable Object> values) {
    requireCount(values.size());
    Writers writers = Writers.ofThread();
    ValueWriter out = writers.take();
    out.writeShort(values.size());
    for (int i = 0; i < values.size(); i++) {
      write(String.valueOf(i), values.get(i), out);
    }
    return writers.finish(out);
  }

  /**
   * Encodes values by name: {@code [short n]}, then n times {@code [string name][int
   * length][bytes]}.
   *
   * @throws IllegalArgumentException when there are more than 65535, the Java type of one stands
   *     for no CQL type, or a name is empty, too long or given twice
   * @throws CodecFailed when a value does not fit its CQL type
   */
  public byte[] encodeNamed(Map<String, ? extends @Nullable Object> values) {
    requireCount(values.size());
    Set<String> names = new HashSet<>();
    Writers writers = Writers.ofThread();
    ValueWriter out = writers.take();
    out.writeShort(values.size());
    for (Map.Entry<String, ? extends @Nullable Object> entry : values.entrySet()) {
      String name = CqlIdentifier.toInternal(entry.getKey());
      if (!names.add(name)) {
        throw new IllegalArgumentException("The value '%s' is given twice".formatted(name));
      }
      writeName(name, out);
      write(name, entry.getValue(), out);
    }
    return writers.finish(out);
  }

  private static void writeName(String name, ValueWriter out) {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > MAX_SHORT) {
      throw new IllegalArgumentException(
          "The name of a value has %s bytes; the limit is %s".formatted(bytes.length, MAX_SHORT));
    }
    out.writeShort(bytes.length);
    out.writeBytes(bytes);
  }

  private void write(String where, @Nullable Object value, ValueWriter out) {
    if (value == null) {
      out.writeNull();
    } else if (value == Unset.UNSET) {
      writeUnset(where, out);
    } else if (value instanceof Optional<?> optional) {
      write(where, optional.orElse(null), out);
    } else if (value instanceof TypedValue typed) {
      writeTyped(where, typed, out);
    } else {
      writeAs(where, requireType(where, value), value, out);
    }
  }

  private void writeTyped(String where, TypedValue typed, ValueWriter out) {
    Object value = typed.value();
    if (value == null || value instanceof Unset || value instanceof Optional) {
      write(where, value, out);
    } else {
      writeAs(where, typed.type(), value, out);
    }
  }

  private void writeAs(String where, DataType type, Object value, ValueWriter out) {
    int mark = out.beginValue();
    try {
      codecs.codecForValue(type, value).encode(value, out);
    } catch (RuntimeException refused) {
      throw CodecErrors.of(where, type, value.getClass().getName(), refused);
    }
    out.endValue(mark);
  }

  private void writeUnset(String where, ValueWriter out) {
    if (!unsetAllowed) {
      throw BindEncoder.unsetRefused(where, PrimitiveType.BLOB);
    }
    out.writeUnset();
  }

  private DataType requireType(String where, Object value) {
    DataType type = TypeGuess.of(codecs, value);
    if (type == null) {
      throw new IllegalArgumentException(
          ("The value '%s' is of Java type %s, which stands for no CQL type; wrap it in a"
                  + " TypedValue or prepare the statement")
              .formatted(where, value.getClass().getName()));
    }
    return type;
  }

  private static void requireCount(int count) {
    if (count > MAX_SHORT) {
      throw new IllegalArgumentException(
          "A statement takes at most %s values, not %s".formatted(MAX_SHORT, count));
    }
  }
}
