package cqloop.netty.wire;

import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Exception;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.lz4.LZ4SafeDecompressor;

/**
 * Loop-owned. LZ4 block format. Only the decompressor that checks every bound is used: the fast one
 * trusts its input (CVE-2025-12183).
 */
final class Lz4 implements Compressor {

  private final LZ4Compressor compressor;
  private final LZ4SafeDecompressor decompressor;

  Lz4() {
    LZ4Factory factory = LZ4Factory.fastestInstance();
    compressor = factory.fastCompressor();
    decompressor = factory.safeDecompressor();
  }

  @Override
  public String algorithm() {
    return "lz4";
  }

  @Override
  public boolean worksInSegments() {
    return true;
  }

  @Override
  public int maxCompressedLength(int length) {
    return compressor.maxCompressedLength(length);
  }

  @Override
  public int compress(byte[] from, int start, int length, byte[] to, int at) {
    return compressor.compress(from, start, length, to, at);
  }

  @Override
  public int decompress(byte[] from, int start, int length, byte[] to, int maxLength) {
    try {
      return decompressor.decompress(from, start, length, to, 0, maxLength);
    } catch (LZ4Exception e) {
      return -1;
    }
  }

  @Override
  public int lengthPrefixBytes() {
    return Integer.BYTES;
  }

  @Override
  public long claimedLength(byte[] body, int length) {
    return length < Integer.BYTES ? -1 : BigEndian.getInt(body, 0) & 0xFFFF_FFFFL;
  }

  /** Each byte of a match length stands for at most 255 bytes (lz4_Block_format.md). */
  @Override
  public int maxRatio() {
    return 255;
  }
}
