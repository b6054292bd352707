package cqloop.netty.codec;

import cqloop.spi.TypeCodec;
import cqloop.spi.ValueWriter;
import cqloop.type.DataType;
import cqloop.type.GenericType;
import cqloop.type.PrimitiveType;
import cqloop.type.VectorType;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Value. vector: elements of a type whose length the server knows follow each other; all others
 * have their length in front, as an unsigned vint. Which are which is seen in Cassandra's {@code
 * AbstractType.valueLengthIfFixed}: not even smallint or date have a known length there.
 */
final class VectorCodecs {

  private static final int VARIABLE = -1;

  private VectorCodecs() {}

  /** Returns the bytes of each value of this type, or -1 where the server does not fix them. */
  static long fixedLength(DataType type) {
    if (type instanceof VectorType vector) {
      long element = fixedLength(vector.element());
      // No value is longer than an int counts, so there is no need to go on and overflow.
      return element == VARIABLE
          ? VARIABLE
          : Math.min(element, Integer.MAX_VALUE) * vector.dimension();
    }
    if (!(type instanceof PrimitiveType primitive)) {
      return VARIABLE;
    }
    return switch (primitive) {
      case BOOLEAN -> 1;
      case INT, FLOAT -> Integer.BYTES;
      case BIGINT, DOUBLE, TIMESTAMP -> Long.BYTES;
      case UUID, TIMEUUID -> UuidCodec.BYTES;
      default -> VARIABLE;
    };
  }

  private static void requireDimension(int actual, VectorType type) {
    if (actual != type.dimension()) {
      throw new BadValue("it has %s elements instead of %s".formatted(actual, type.dimension()));
    }
  }

  /** {@code float[]}, converted in bulk and never boxed. */
  record FloatArrayCodec(VectorType cqlType) implements TypeCodec<float[]> {

    static final GenericType<float[]> JAVA_TYPE = GenericType.of(float[].class);

    @Override
    public GenericType<float[]> javaType() {
      return JAVA_TYPE;
    }

    @Override
    public void encode(float[] value, ValueWriter out) {
      requireDimension(value.length, cqlType);
      out.writeFloats(value);
    }

    @Override
    public float @Nullable [] decode(byte[] bytes, int offset, int length) {
      if (length == 0) {
        return null;
      }
      if (length != (long) cqlType.dimension() * Float.BYTES) {
        throw BadValue.length(length, (long) cqlType.dimension() * Float.BYTES);
      }
      float[] values = new float[cqlType.dimension()];
      ByteBuffer.wrap(bytes, offset, length).asFloatBuffer().get(values);
      return values;
    }
  }

  /** A list of the elements. */
  static final class ListCodec implements TypeCodec<List<?>> {

    private final VectorType cqlType;
    private final GenericType<List<?>> javaType;
    private final ElementCodec element;
    private final long elementBytes;

    @SuppressWarnings("unchecked") // The registry asks for a list only.
    ListCodec(VectorType cqlType, GenericType<?> javaType, ElementCodec element) {
      this.cqlType = cqlType;
      this.javaType = (GenericType<List<?>>) javaType;
      this.element = element;
      this.elementBytes = fixedLength(cqlType.element());
    }

    @Override
    public DataType cqlType() {
      return cqlType;
    }

    @Override
    public GenericType<List<?>> javaType() {
      return javaType;
    }

    @Override
    public void encode(List<?> value, ValueWriter out) {
      requireDimension(value.size(), cqlType);
      if (elementBytes == VARIABLE) {
        encodeWithLengths(value, out);
        return;
      }
      for (Object each : value) {
        element.writeBare(each, out);
      }
    }

    private void encodeWithLengths(List<?> value, ValueWriter out) {
      // The length in front has as many bytes as it needs, so the element must be written before
      // it.
      ValueWriter one = new ValueWriter(64);
      for (Object each : value) {
        one.truncate(0);
        element.writeBare(each, one);
        Vints.writeUnsigned(out, one.size());
        out.writeBytes(one.toByteArray());
      }
    }

    @Override
    public @Nullable List<?> decode(byte[] bytes, int offset, int length) {
      if (length == 0) {
        return null;
      }
      return elementBytes == VARIABLE
          ? decodeWithLengths(bytes, offset, offset + length)
          : decodeFixed(bytes, offset, length);
    }

    private List<?> decodeFixed(byte[] bytes, int offset, int length) {
      long expected = elementBytes * cqlType.dimension();
      if (length != expected) {
        throw BadValue.length(length, expected);
      }
      List<@Nullable Object> values = new ArrayList<>(cqlType.dimension());
      for (int at = offset; at < offset + length; at += (int) elementBytes) {
        values.add(element.codec().decode(bytes, at, (int) elementBytes));
      }
      return values;
    }

    private List<?> decodeWithLengths(byte[] bytes, int offset, int end) {
      int dimension = cqlType.dimension();
      if (dimension > end - offset) {
        throw new BadValue(
            "it has %s bytes, too few for %s elements".formatted(end - offset, dimension));
      }
      List<@Nullable Object> values = new ArrayList<>(dimension);
      int at = offset;
      for (int i = 0; i < dimension; i++) {
        int start = at + Vints.sizeAt(bytes, at, end);
        long length = Vints.readUnsigned(bytes, at);
        if (length < 0 || length > end - start) {
          throw new BadValue("an element is longer than the bytes that are left");
        }
        values.add(element.codec().decode(bytes, start, (int) length));
        at = start + (int) length;
      }
      Counts.requireEnd(at, end);
      return values;
    }
  }
}
