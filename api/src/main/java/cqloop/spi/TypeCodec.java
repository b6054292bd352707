package cqloop.spi;

import cqloop.type.DataType;
import cqloop.type.GenericType;
import org.jspecify.annotations.Nullable;

/**
 * Turns values of one CQL type into values of one Java type and back. Called on any thread, so it
 * keeps no state; never called with null, because a null has no bytes.
 *
 * <p>Codecs work on plain heap bytes: there is nothing to retain or release. A codec that fails
 * throws any {@link RuntimeException}; the driver adds the column, its CQL type and the Java type.
 */
public interface TypeCodec<T> {

  /** Returns the CQL type whose values this codec reads and writes. */
  DataType cqlType();

  /** Returns the Java type that it gives and takes. */
  GenericType<T> javaType();

  /** Tells whether this codec can encode the value. */
  default boolean accepts(Object value) {
    return javaType().rawType().isInstance(value);
  }

  /** Writes the bytes of the value, without their length. */
  void encode(T value, ValueWriter out);

  /**
   * Reads the value from exactly these bytes and must not keep the array. A length of 0 is an
   * "empty" value, which most CQL types may have for historical reasons: a codec whose Java type
   * has no such value returns null.
   */
  @Nullable T decode(byte[] bytes, int offset, int length);
}
