package cqloop.bench.wire;

import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Factory;

/** Encodes v5 segments in advance. Source: native_protocol_v5.spec, section 2. */
public final class Segments {
  /** Largest payload of a segment: 17 bits. */
  public static final int MAX_PAYLOAD = (1 << 17) - 1;

  /** Bytes before the payload without compression. */
  public static final int PLAIN_HEADER = 6;

  /** Bytes before the payload with compression. */
  public static final int LZ4_HEADER = 8;

  /** Bytes after the payload. */
  public static final int TRAILER = 4;

  private static final LZ4Compressor LZ4 = LZ4Factory.fastestInstance().fastCompressor();

  private Segments() {}

  /** Header without its checksum: 17 bits of length, self-contained flag. */
  public static long plainHeader(int length, boolean selfContained) {
    return length | (selfContained ? 1L << 17 : 0);
  }

  /**
   * Header without its checksum: 17 bits of bytes on the wire, 17 bits of bytes after decompression
   * (0 if they are not compressed), self-contained flag.
   */
  public static long lz4Header(int wireLength, int plainLength, boolean selfContained) {
    return wireLength | (long) plainLength << 17 | (selfContained ? 1L << 34 : 0);
  }

  /**
   * Appends one segment with the payload at {@code offset}; compressed if that makes it smaller.
   */
  public static void append(
      Bytes out, byte[] payload, int offset, int length, boolean selfContained, boolean lz4) {
    byte[] onWire = new byte[length];
    System.arraycopy(payload, offset, onWire, 0, length);
    if (!lz4) {
      header(out, plainHeader(length, selfContained), 3);
    } else {
      byte[] compressed = LZ4.compress(onWire);
      if (compressed.length < length) {
        header(out, lz4Header(compressed.length, length, selfContained), 5);
        onWire = compressed;
      } else {
        header(out, lz4Header(length, 0, selfContained), 5);
      }
    }
    int crc = new Crc().crc32(onWire, 0, onWire.length);
    out.raw(onWire).i32(Integer.reverseBytes(crc));
  }

  /**
   * Packs whole frames, each smaller than a segment, into as few self-contained segments as
   * possible.
   */
  public static byte[] pack(Iterable<byte[]> frames, boolean lz4) {
    Bytes out = new Bytes();
    Bytes payload = new Bytes();
    for (byte[] frame : frames) {
      if (payload.size() + frame.length > MAX_PAYLOAD) {
        append(out, payload.toArray(), 0, payload.size(), true, lz4);
        payload = new Bytes();
      }
      payload.raw(frame);
    }
    append(out, payload.toArray(), 0, payload.size(), true, lz4);
    return out.toArray();
  }

  private static void header(Bytes out, long header, int length) {
    for (int i = 0; i < length; i++) {
      out.u8((int) (header >>> (8 * i)));
    }
    int crc = Crc.crc24(header, length);
    out.u8(crc).u8(crc >> 8).u8(crc >> 16);
  }
}
