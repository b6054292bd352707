package cqloop.testkit.fake;

import java.io.IOException;
import java.util.Locale;
import net.jpountz.lz4.LZ4Exception;
import net.jpountz.lz4.LZ4Factory;
import org.jspecify.annotations.Nullable;
import org.xerial.snappy.Snappy;

/** Value. Compression of bodies (v3 and v4) and of segments (v5); the libraries are optional. */
public enum Compression {
  /** LZ4 blocks; bodies carry their length in front, segments in their header. */
  LZ4,
  /** Snappy blocks, which carry their own length; not available in v5. */
  SNAPPY;

  /** The largest length that a compressed body may claim. */
  static final int MAX_CLAIMED_BYTES = FrameReader.DEFAULT_MAX_BODY_BYTES;

  /** The name in STARTUP and SUPPORTED. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The compression of a STARTUP option, or null when the name is not known. */
  public static @Nullable Compression of(String wireName) {
    for (Compression compression : values()) {
      if (compression.wireName().equalsIgnoreCase(wireName)) {
        return compression;
      }
    }
    return null;
  }

  /** Compresses a whole body of v3 or v4; native_protocol_v4.spec §5. */
  public byte[] compressBody(byte[] body) {
    if (this == SNAPPY) {
      try {
        return Snappy.compress(body);
      } catch (IOException e) {
        throw new WireFormatException("snappy refused a body of " + body.length + " bytes", e);
      }
    }
    return new WireWriter().writeInt(body.length).writeRaw(compressBlock(body)).toBytes();
  }

  /** Reverses {@link #compressBody}. */
  public byte[] decompressBody(byte[] body) {
    if (this == SNAPPY) {
      return decompressSnappy(body);
    }
    WireReader in = new WireReader(body);
    int length = in.readInt();
    if (length < 0 || length > MAX_CLAIMED_BYTES) {
      throw new WireFormatException(
          "lz4 body claims " + length + " bytes; expected 0 to " + MAX_CLAIMED_BYTES);
    }
    return decompressBlock(in.readRaw(in.remaining()), length);
  }

  /** A raw LZ4 block. */
  static byte[] compressBlock(byte[] bytes) {
    return LZ4Factory.safeInstance().fastCompressor().compress(bytes);
  }

  /** The bytes of a raw LZ4 block that holds exactly {@code length}. */
  static byte[] decompressBlock(byte[] block, int length) {
    // An LZ4 block shrinks its input at most 255 times: more is a lie, and costs no memory.
    if (length > 255L * block.length) {
      throw new WireFormatException(
          "lz4 block of " + block.length + " bytes cannot hold the claimed " + length);
    }
    try {
      byte[] bytes = LZ4Factory.safeInstance().safeDecompressor().decompress(block, length);
      if (bytes.length != length) {
        throw new WireFormatException(
            "lz4 block holds " + bytes.length + " bytes; " + length + " were announced");
      }
      return bytes;
    } catch (LZ4Exception e) {
      throw new WireFormatException("lz4 block of " + block.length + " bytes is broken", e);
    }
  }

  private static byte[] decompressSnappy(byte[] body) {
    try {
      int length = Snappy.uncompressedLength(body);
      if (length < 0 || length > MAX_CLAIMED_BYTES) {
        throw new WireFormatException("snappy body claims " + length + " bytes");
      }
      return Snappy.uncompress(body);
    } catch (IOException e) {
      throw new WireFormatException("snappy body of " + body.length + " bytes is broken", e);
    }
  }
}
