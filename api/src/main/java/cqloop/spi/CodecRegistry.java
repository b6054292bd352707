package cqloop.spi;

import cqloop.error.CodecFailed;
import cqloop.type.DataType;
import cqloop.type.GenericType;

/**
 * Any thread. Finds the codec for a CQL type and a Java type; first the user's, then the built-in.
 */
public interface CodecRegistry {

  /**
   * Returns the codec between these types.
   *
   * @throws CodecFailed when there is none
   */
  <T> TypeCodec<T> codecFor(DataType cqlType, GenericType<T> javaType);

  /**
   * Returns the codec that reads this CQL type into its usual Java type, for example int into
   * {@link Integer}.
   */
  TypeCodec<Object> defaultCodec(DataType cqlType);

  /**
   * Returns a codec that writes this value as this CQL type.
   *
   * @throws CodecFailed when there is none
   */
  TypeCodec<Object> codecForValue(DataType cqlType, Object value);
}
