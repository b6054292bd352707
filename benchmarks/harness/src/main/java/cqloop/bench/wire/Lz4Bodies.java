package cqloop.bench.wire;

import java.nio.ByteBuffer;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.lz4.LZ4FastDecompressor;

/** Frame bodies compressed as v4 wants them: {@code [int]} plain length, then one LZ4 block. */
public final class Lz4Bodies {
  private static final LZ4Factory FACTORY = LZ4Factory.fastestInstance();
  private static final LZ4FastDecompressor DECOMPRESSOR = FACTORY.fastDecompressor();

  private Lz4Bodies() {}

  /** Compresses a whole body. */
  public static byte[] compress(byte[] body) {
    byte[] block = FACTORY.fastCompressor().compress(body);
    return new Bytes().i32(body.length).raw(block).toArray();
  }

  /**
   * Unpacks the block at {@code at} into {@code target}, which has room for {@code length} bytes.
   */
  public static void decompress(byte[] source, int at, byte[] target, int targetAt, int length) {
    DECOMPRESSOR.decompress(source, at, target, targetAt, length);
  }

  /** Plain length of the body at {@code at}, checked against {@code limit}. */
  public static int plainLength(byte[] source, int at, int limit) {
    int length = ByteBuffer.wrap(source).getInt(at);
    if (length < 0 || length > limit) {
      throw new IllegalArgumentException("compressed body of " + length + " bytes, limit " + limit);
    }
    return length;
  }
}
