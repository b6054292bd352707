package cqloop.netty.wire;

import com.datastax.oss.protocol.internal.Compressor;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import net.jpountz.lz4.LZ4Factory;

/** LZ4 for native-protocol, straight from the library; uses nothing of ours. */
final class OracleLz4 implements Compressor<ByteBuf> {

  private final LZ4Factory factory = LZ4Factory.safeInstance();

  @Override
  public String algorithm() {
    return "lz4";
  }

  @Override
  public ByteBuf compress(ByteBuf plain) {
    int length = plain.readableBytes();
    return Unpooled.buffer().writeInt(length).writeBytes(compressWithoutLength(plain));
  }

  @Override
  public ByteBuf decompress(ByteBuf packed) {
    return decompressWithoutLength(packed, packed.readInt());
  }

  @Override
  public ByteBuf compressWithoutLength(ByteBuf plain) {
    return Unpooled.wrappedBuffer(factory.highCompressor().compress(ByteBufUtil.getBytes(plain)));
  }

  @Override
  public ByteBuf decompressWithoutLength(ByteBuf packed, int length) {
    return Unpooled.wrappedBuffer(
        factory.safeDecompressor().decompress(ByteBufUtil.getBytes(packed), length));
  }
}
