package cqloop.netty.codec;

import cqloop.spi.TypeCodec;
import cqloop.spi.ValueWriter;
import cqloop.type.DataType;
import cqloop.type.GenericType;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Value. A codec for another Java type of the same CQL type, by conversion from and to the Java
 * type of its base.
 *
 * @param problem what is wrong when a conversion fails; it stands for the message of the
 *     conversion, which may hold the value
 */
record ConvertedCodec<T, B>(
    TypeCodec<B> base,
    GenericType<T> javaType,
    Function<B, T> read,
    Function<T, B> write,
    String problem)
    implements TypeCodec<T> {

  static <T, B> ConvertedCodec<T, B> of(
      TypeCodec<B> base,
      Class<T> javaType,
      Function<B, T> read,
      Function<T, B> write,
      String problem) {
    return new ConvertedCodec<>(base, GenericType.of(javaType), read, write, problem);
  }

  @Override
  public DataType cqlType() {
    return base.cqlType();
  }

  @Override
  public void encode(T value, ValueWriter out) {
    base.encode(convert(write, value), out);
  }

  @Override
  public @Nullable T decode(byte[] bytes, int offset, int length) {
    B value = base.decode(bytes, offset, length);
    return value == null ? null : convert(read, value);
  }

  private <X, Y> Y convert(Function<X, Y> conversion, X value) {
    try {
      return conversion.apply(value);
    } catch (BadValue refused) {
      throw refused;
    } catch (RuntimeException hidden) {
      throw new BadValue(problem);
    }
  }
}
