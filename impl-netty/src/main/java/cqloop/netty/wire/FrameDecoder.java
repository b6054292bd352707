package cqloop.netty.wire;

import static java.util.Objects.requireNonNull;

import cqloop.error.CqlException;
import cqloop.error.FrameTooLarge;
import cqloop.error.ProtocolViolation;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Loop-owned. Cuts inbound bytes into frames. It keeps a header of at most nine bytes and the body
 * of at most one frame, retains no buffer, and never reserves more than a small multiple of the
 * bytes that have arrived, whatever length a header claims.
 *
 * <p>An error of the framing is final: every later call throws it again.
 */
public final class FrameDecoder {

  private static final byte[] EMPTY = new byte[0];
  private static final int ANY_VERSION = 0;
  private static final int FIRST_CHUNK = 512;

  /**
   * So many times what has arrived is reserved at once: a page that comes in reads of 64 KB gets
   * its array with the first of them instead of growing into it.
   */
  private static final int RESERVED_PER_BYTE = 16;

  private final int maxFrameBytes;
  private final byte[] header = new byte[FrameHeader.BYTES];
  private @Nullable Compression compression;
  private int requiredVersion = ANY_VERSION;

  private int headerBytes;
  private boolean inBody;
  private byte[] body = EMPTY;
  private int bodyBytes;
  private int version;
  private int flags;
  private int streamId;
  private int opcode;
  private int length;

  private boolean closed;
  private @Nullable CqlException broken;

  /**
   * @param maxFrameBytes the longest body that is accepted, compressed or not
   */
  public FrameDecoder(int maxFrameBytes) {
    this.maxFrameBytes = maxFrameBytes;
  }

  /** Sets what decompresses the bodies of frames that are flagged so (v3, v4, DSE). */
  public void setCompression(@Nullable Compression compression) {
    this.compression = compression;
  }

  /** From now on refuses every frame whose version is not this one. */
  public void requireVersion(int version) {
    this.requiredVersion = version;
  }

  /** From now on drops every byte. */
  public void close() {
    closed = true;
    reset();
  }

  /**
   * Consumes all readable bytes and hands each frame that becomes complete to the sink.
   *
   * @throws ProtocolViolation when a header is impossible
   * @throws FrameTooLarge when a header claims more than the limit
   */
  public void decode(ByteBuf in, FrameSink sink) {
    while (in.isReadable()) {
      decodeOne(in, in.writerIndex(), sink);
    }
  }

  /** Consumes bytes before {@code end}, up to the end of one frame. */
  void decodeOne(ByteBuf in, int end, FrameSink sink) {
    if (broken != null) {
      throw broken;
    }
    if (closed) {
      in.readerIndex(end);
      return;
    }
    if (!inBody && !readHeader(in, end)) {
      return;
    }
    int missing = length - bodyBytes;
    int readable = end - in.readerIndex();
    if (readable < missing) {
      collect(in, readable);
      return;
    }
    if (bodyBytes == 0) {
      body = length == 0 ? EMPTY : new byte[length];
    } else {
      reserve(length);
    }
    in.readBytes(body, bodyBytes, missing);
    deliver(sink);
  }

  /** Tells whether the last byte consumed was the last of a frame. */
  boolean isBetweenFrames() {
    return !inBody && headerBytes == 0;
  }

  private void deliver(FrameSink sink) {
    byte[] complete = body;
    int wireBytes =
        length + (FrameHeader.isLegacy(version) ? FrameHeader.LEGACY_BYTES : FrameHeader.BYTES);
    reset();
    if (isCompressed()) {
      try {
        complete = decompress(complete);
      } catch (ProtocolViolation | FrameTooLarge e) {
        sink.corruptBody(streamId, e);
        return;
      }
    }
    sink.frame(version, flags, streamId, opcode, complete, complete.length, wireBytes);
  }

  private byte[] decompress(byte[] compressed) {
    return requireNonNull(compression).decompressBody(compressed, compressed.length, maxFrameBytes);
  }

  /** In v5 and v6 segments are compressed, not frames, and the flag has no meaning. */
  private boolean isCompressed() {
    return (flags & FrameHeader.COMPRESSED) != 0 && version != 5 && version != 6;
  }

  private boolean readHeader(ByteBuf in, int end) {
    int start = in.readerIndex();
    if (headerBytes == 0 && end - start >= FrameHeader.BYTES) {
      checkVersion(in.getByte(start));
      if (!FrameHeader.isLegacy(version)) {
        in.skipBytes(FrameHeader.BYTES);
        streamId = in.getShort(start + 2);
        acceptHeader(
            in.getByte(start + 1),
            in.getByte(start + FrameHeader.OPCODE_OFFSET),
            in.getInt(start + FrameHeader.LENGTH_OFFSET));
        return true;
      }
    }
    return collectHeader(in, end);
  }

  private boolean collectHeader(ByteBuf in, int end) {
    while (in.readerIndex() < end) {
      header[headerBytes++] = in.readByte();
      if (headerBytes == 1) {
        checkVersion(header[0]);
      }
      if (FrameHeader.isLegacy(version) && headerBytes == FrameHeader.LEGACY_BYTES) {
        streamId = header[2];
        acceptHeader(header[1], header[3], BigEndian.getInt(header, 4));
        return true;
      }
      if (headerBytes == FrameHeader.BYTES) {
        streamId = BigEndian.getShort(header, 2);
        acceptHeader(
            header[1],
            header[FrameHeader.OPCODE_OFFSET],
            BigEndian.getInt(header, FrameHeader.LENGTH_OFFSET));
        return true;
      }
    }
    return false;
  }

  private void checkVersion(byte versionByte) {
    version = versionByte & ~FrameHeader.RESPONSE_BIT & 0xFF;
    if (versionByte >= 0 || !FrameHeader.isKnownVersion(version)) {
      throw fail(
          new ProtocolViolation(
              "A frame starts with the byte 0x%02x, which is no version of a response: the other"
                      .formatted(versionByte & 0xFF)
                  + " side does not speak CQL on this port, or the stream is out of step"));
    }
    if (requiredVersion != ANY_VERSION && version != requiredVersion) {
      throw fail(
          new ProtocolViolation(
              "A frame has protocol version 0x%02x, but 0x%02x was negotiated"
                  .formatted(version, requiredVersion)));
    }
  }

  private void acceptHeader(byte flagsByte, byte opcodeByte, int claimedLength) {
    flags = flagsByte & 0xFF;
    opcode = opcodeByte & 0xFF;
    length = claimedLength;
    headerBytes = 0;
    inBody = true;
    if ((flags & ~FrameHeader.KNOWN_FLAGS) != 0) {
      throw fail(new ProtocolViolation(describe("has unknown flags")));
    }
    if (!FrameHeader.isResponseOpcode(opcode)) {
      throw fail(new ProtocolViolation(describe("has an opcode that no server may send")));
    }
    if (streamId < FrameHeader.EVENT_STREAM) {
      throw fail(new ProtocolViolation(describe("has a stream id that no request can have")));
    }
    if (isCompressed() && compression == null) {
      throw fail(new ProtocolViolation(describe("is compressed, but no compression was agreed")));
    }
    if (length < 0) {
      throw fail(new ProtocolViolation(describe("has a negative length")));
    }
    if (length > maxFrameBytes) {
      throw fail(
          new FrameTooLarge(
              describe("exceeds the limit of " + maxFrameBytes + " bytes (maxFrameBytes)")
                  + ": read smaller pages or raise the limit",
              length,
              maxFrameBytes));
    }
  }

  private String describe(String problem) {
    return "A frame %s: version 0x%02x, flags 0x%02x, stream %s, opcode 0x%02x, length %s"
        .formatted(problem, version, flags, streamId, opcode, length);
  }

  private void collect(ByteBuf in, int readable) {
    if (readable == 0) {
      return;
    }
    reserve(bodyBytes + readable);
    in.readBytes(body, bodyBytes, readable);
    bodyBytes += readable;
  }

  /** Grows to a multiple of what has arrived, but never beyond the length of the frame. */
  private void reserve(int needed) {
    if (body.length < needed) {
      long multiple = Math.max(FIRST_CHUNK, (long) RESERVED_PER_BYTE * needed);
      body = Arrays.copyOf(body, (int) Math.min(length, multiple));
    }
  }

  private void reset() {
    inBody = false;
    headerBytes = 0;
    body = EMPTY;
    bodyBytes = 0;
  }

  private CqlException fail(CqlException error) {
    broken = error;
    reset();
    return error;
  }
}
