package cqloop.netty.codec;

import cqloop.spi.TypeCodec;
import cqloop.spi.ValueWriter;
import cqloop.type.DataType;
import cqloop.type.GenericType;
import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/** Value. blob, custom types, and the bytes of text. What is read is always a copy. */
final class BlobCodecs {

  private BlobCodecs() {}

  /** Buffer is the usual Java type: unlike an array it can be compared. */
  static List<TypeCodec<?>> all(DataType type) {
    return List.of(new BufferCodec(type), new ByteArrayCodec(type), new ByteBufferCodec(type));
  }

  record BufferCodec(DataType cqlType) implements TypeCodec<Buffer> {

    private static final GenericType<Buffer> JAVA_TYPE = GenericType.of(Buffer.class);

    @Override
    public GenericType<Buffer> javaType() {
      return JAVA_TYPE;
    }

    @Override
    public void encode(Buffer value, ValueWriter out) {
      out.writeBytes(value.getBytes());
    }

    @Override
    public Buffer decode(byte[] bytes, int offset, int length) {
      return Buffer.buffer(Arrays.copyOfRange(bytes, offset, offset + length));
    }
  }

  record ByteArrayCodec(DataType cqlType) implements TypeCodec<byte[]> {

    private static final GenericType<byte[]> JAVA_TYPE = GenericType.of(byte[].class);

    @Override
    public GenericType<byte[]> javaType() {
      return JAVA_TYPE;
    }

    @Override
    public void encode(byte[] value, ValueWriter out) {
      out.writeBytes(value);
    }

    @Override
    public byte[] decode(byte[] bytes, int offset, int length) {
      return Arrays.copyOfRange(bytes, offset, offset + length);
    }
  }

  /** Writes from position to limit and moves neither. */
  record ByteBufferCodec(DataType cqlType) implements TypeCodec<ByteBuffer> {

    private static final GenericType<ByteBuffer> JAVA_TYPE = GenericType.of(ByteBuffer.class);

    @Override
    public GenericType<ByteBuffer> javaType() {
      return JAVA_TYPE;
    }

    @Override
    public void encode(ByteBuffer value, ValueWriter out) {
      byte[] copy = new byte[value.remaining()];
      value.get(value.position(), copy);
      out.writeBytes(copy);
    }

    @Override
    public ByteBuffer decode(byte[] bytes, int offset, int length) {
      return ByteBuffer.wrap(Arrays.copyOfRange(bytes, offset, offset + length));
    }
  }
}
