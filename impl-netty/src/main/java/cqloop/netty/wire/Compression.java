package cqloop.netty.wire;

import cqloop.error.FrameTooLarge;
import cqloop.error.ProtocolViolation;
import io.netty.buffer.ByteBuf;
import java.util.Locale;

/**
 * Loop-owned. Compresses and decompresses frame bodies and segment payloads. It keeps scratch
 * arrays of at most {@value #MAX_KEPT_BYTES} bytes each between calls, so let all connections of
 * one event loop share one instance.
 */
public final class Compression {

  static final int MAX_KEPT_BYTES = 256 * 1024;

  /** Below this a body hardly ever shrinks: measured on QUERY and EXECUTE bodies. */
  private static final int MIN_BYTES = 64;

  private final Compressor compressor;
  private byte[] plain = new byte[0];
  private byte[] packed = new byte[0];

  private Compression(Compressor compressor) {
    this.compressor = compressor;
  }

  /**
   * Returns the compression of this name of the COMPRESSION option: {@code lz4} or {@code snappy}.
   *
   * @throws IllegalArgumentException when there is no such algorithm
   * @throws IllegalStateException when the library of the algorithm is missing; the message names
   *     the artifact to add
   */
  public static Compression of(String algorithm) {
    return switch (algorithm.toLowerCase(Locale.ROOT)) {
      case "lz4" -> lz4();
      case "snappy" -> snappy();
      default ->
          throw new IllegalArgumentException(
              "Unknown compression '%s'. Known: lz4, snappy".formatted(algorithm));
    };
  }

  /** Returns LZ4; fails as {@link #of} does. The first call may load a native library. */
  public static Compression lz4() {
    try {
      return new Compression(new Lz4());
    } catch (LinkageError e) {
      throw missing("lz4", "at.yawk.lz4:lz4-java", e);
    }
  }

  /** Returns Snappy; fails as {@link #of} does. The first call may load a native library. */
  public static Compression snappy() {
    try {
      return new Compression(new Snappy());
    } catch (LinkageError e) {
      throw missing("snappy", "org.xerial.snappy:snappy-java", e);
    }
  }

  private static IllegalStateException missing(String algorithm, String artifact, Throwable cause) {
    return new IllegalStateException(
        "Compression '%s' was asked for, but its library cannot be loaded: add the artifact %s"
            .formatted(algorithm, artifact),
        cause);
  }

  /** Returns the value of the COMPRESSION option. */
  public String algorithm() {
    return compressor.algorithm();
  }

  /** Tells whether v5 and v6, which compress segments, know this algorithm: LZ4 only. */
  public boolean worksInSegments() {
    return compressor.worksInSegments();
  }

  /**
   * Replaces the body that starts at {@code start} and ends at the writer index by its compressed
   * form, if that is shorter.
   *
   * @return whether it did
   */
  boolean compressBody(ByteBuf out, int start) {
    int prefix = compressor.lengthPrefixBytes();
    int length = out.writerIndex() - start;
    int packedLength = pack(out, start, length, prefix);
    if (prefix > 0 && packedLength >= 0) {
      BigEndian.putInt(packed, 0, length);
    }
    return replace(out, start, packedLength < 0 ? -1 : packedLength + prefix);
  }

  /** As {@link #compressBody}, without a length in front. */
  boolean compressPayload(ByteBuf out, int start) {
    return replace(out, start, pack(out, start, out.writerIndex() - start, 0));
  }

  /**
   * Returns the body that this one is the compressed form of.
   *
   * @throws FrameTooLarge when it claims to give more than {@code maxBytes}
   * @throws ProtocolViolation when it claims more than its size can give, or is malformed
   */
  byte[] decompressBody(byte[] body, int length, int maxBytes) {
    int prefix = compressor.lengthPrefixBytes();
    long claimed = compressor.claimedLength(body, length);
    if (claimed > maxBytes) {
      throw new FrameTooLarge(
          "A compressed frame of %s bytes claims to hold %s bytes, above the limit of %s bytes"
                  .formatted(length, claimed, maxBytes)
              + " (maxFrameBytes): read smaller pages or raise the limit",
          claimed,
          maxBytes);
    }
    if (claimed < 0 || claimed > (long) (length - prefix) * compressor.maxRatio()) {
      throw malformed(length, claimed, "which is impossible");
    }
    byte[] result = new byte[(int) claimed];
    unpack(body, prefix, length - prefix, result, result.length);
    return result;
  }

  /**
   * Returns the payload of a segment that these bytes are the compressed form of.
   *
   * @throws ProtocolViolation as {@link #decompressBody} does
   */
  byte[] decompressPayload(ByteBuf segment, int index, int length, int claimed) {
    if (claimed > (long) length * compressor.maxRatio()) {
      throw malformed(length, claimed, "which is impossible");
    }
    packed = reserve(packed, length);
    segment.getBytes(index, packed, 0, length);
    // A new array, hence clear: a block may refer to bytes before its start (CVE-2025-66566).
    byte[] payload = new byte[claimed];
    unpack(packed, 0, length, payload, claimed);
    return payload;
  }

  private void unpack(byte[] from, int start, int length, byte[] to, int claimed) {
    int found = compressor.decompress(from, start, length, to, claimed);
    if (found != claimed) {
      throw malformed(length, claimed, found < 0 ? "but is malformed" : "but gives " + found);
    }
  }

  private ProtocolViolation malformed(int length, long claimed, String problem) {
    return new ProtocolViolation(
        "A block of %s bytes compressed by %s claims to hold %s bytes, %s"
            .formatted(length, compressor.algorithm(), claimed, problem));
  }

  /** Compresses into {@code packed[prefix]}; returns -1 when that does not pay. */
  private int pack(ByteBuf out, int start, int length, int prefix) {
    if (length < MIN_BYTES) {
      return -1;
    }
    plain = reserve(plain, length);
    packed = reserve(packed, prefix + compressor.maxCompressedLength(length));
    out.getBytes(start, plain, 0, length);
    int packedLength = compressor.compress(plain, 0, length, packed, prefix);
    return packedLength + prefix < length ? packedLength : -1;
  }

  /** Returns how many bytes of scratch are held between calls. */
  int keptBytes() {
    return plain.length + packed.length;
  }

  private boolean replace(ByteBuf out, int start, int length) {
    if (length >= 0) {
      out.writerIndex(start);
      out.writeBytes(packed, 0, length);
    }
    if (packed.length > MAX_KEPT_BYTES) {
      packed = new byte[0];
      plain = new byte[0];
    }
    return length >= 0;
  }

  private static byte[] reserve(byte[] scratch, int needed) {
    return scratch.length >= needed
        ? scratch
        : new byte[Math.max(needed, Math.min(scratch.length * 2, MAX_KEPT_BYTES))];
  }
}
