package cqloop.testkit.fake;

import com.datastax.oss.protocol.internal.Compressor;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

/** Value. LZ4 for the independent native-protocol library, which leaves it to its caller. */
final class OracleLz4 implements Compressor<ByteBuf> {
  @Override
  public String algorithm() {
    return "lz4";
  }

  @Override
  public ByteBuf compress(ByteBuf uncompressed) {
    throw new UnsupportedOperationException("only segments are compressed here");
  }

  @Override
  public ByteBuf decompress(ByteBuf compressed) {
    throw new UnsupportedOperationException("only segments are compressed here");
  }

  @Override
  public ByteBuf compressWithoutLength(ByteBuf uncompressed) {
    return Unpooled.wrappedBuffer(Compression.compressBlock(ByteBufUtil.getBytes(uncompressed)));
  }

  @Override
  public ByteBuf decompressWithoutLength(ByteBuf compressed, int uncompressedLength) {
    byte[] block = ByteBufUtil.getBytes(compressed);
    return Unpooled.wrappedBuffer(Compression.decompressBlock(block, uncompressedLength));
  }
}
