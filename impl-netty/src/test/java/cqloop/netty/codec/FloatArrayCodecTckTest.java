package cqloop.netty.codec;

import cqloop.spi.TypeCodec;
import cqloop.testkit.tck.TypeCodecTck;
import cqloop.type.GenericType;
import cqloop.type.PrimitiveType;
import cqloop.type.VectorType;
import java.util.List;

/** Vectors as arrays of floats keep to what is published for the codecs of plug-ins. */
class FloatArrayCodecTckTest extends TypeCodecTck<float[]> {

  private final TypeCodec<float[]> codec =
      Codecs.builtIn()
          .codecFor(new VectorType(PrimitiveType.FLOAT, 2), GenericType.of(float[].class));

  @Override
  protected TypeCodec<float[]> codec() {
    return codec;
  }

  @Override
  protected List<float[]> samples() {
    return List.of(new float[] {1, -2.5f}, new float[] {Float.NaN, Float.MAX_VALUE});
  }
}
