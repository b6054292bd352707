package cqloop.netty.codec;

import cqloop.spi.TypeCodec;
import cqloop.spi.ValueWriter;
import cqloop.type.DataType;
import cqloop.type.GenericType;
import cqloop.type.PrimitiveType;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** Value. text and ascii, as text, as JSON and as the bytes they are. */
final class TextCodecs {

  private TextCodecs() {}

  static List<TypeCodec<?>> all(PrimitiveType type) {
    TypeCodec<String> text = type == PrimitiveType.ASCII ? new AsciiCodec() : new TextCodec();
    return List.of(
        text,
        ConvertedCodec.of(
            text,
            JsonObject.class,
            (String json) -> new JsonObject(json),
            JsonObject::encode,
            "it is not a JSON object"),
        ConvertedCodec.of(
            text,
            JsonArray.class,
            (String json) -> new JsonArray(json),
            JsonArray::encode,
            "it is not a JSON array"),
        new BlobCodecs.BufferCodec(type),
        new BlobCodecs.ByteArrayCodec(type));
  }

  record TextCodec() implements TypeCodec<String> {

    private static final GenericType<String> JAVA_TYPE = GenericType.of(String.class);

    @Override
    public DataType cqlType() {
      return PrimitiveType.TEXT;
    }

    @Override
    public GenericType<String> javaType() {
      return JAVA_TYPE;
    }

    @Override
    public void encode(String value, ValueWriter out) {
      out.writeUtf8(value);
    }

    @Override
    public String decode(byte[] bytes, int offset, int length) {
      return Utf8.decode(bytes, offset, length);
    }
  }

  record AsciiCodec() implements TypeCodec<String> {

    @Override
    public DataType cqlType() {
      return PrimitiveType.ASCII;
    }

    @Override
    public GenericType<String> javaType() {
      return TextCodec.JAVA_TYPE;
    }

    @Override
    public void encode(String value, ValueWriter out) {
      for (int i = 0; i < value.length(); i++) {
        if (value.charAt(i) >= 0x80) {
          throw new BadValue("character %s is not ASCII".formatted(i));
        }
      }
      out.writeUtf8(value);
    }

    @Override
    public String decode(byte[] bytes, int offset, int length) {
      return Utf8.decode(bytes, offset, length);
    }
  }
}
