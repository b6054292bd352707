package cqloop.netty.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import cqloop.error.CqlException;
import cqloop.error.FrameTooLarge;
import cqloop.error.ProtocolViolation;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Any bytes as frames and segments, whole and in pieces: the same frames or a typed error. Input: a
 * byte for the size of the pieces, then what the server sends.
 */
class FrameReaderFuzz {

  private static final int LIMIT = 100_000;

  @MethodSource("frames")
  @FuzzTest(maxDuration = "30s")
  void plainFrames(byte[] data) {
    compareWholeAndPieces(false, null, data);
  }

  @MethodSource("frames")
  @FuzzTest(maxDuration = "30s")
  void lz4Frames(byte[] data) {
    compareWholeAndPieces(false, "lz4", data);
  }

  @MethodSource("frames")
  @FuzzTest(maxDuration = "30s")
  void snappyFrames(byte[] data) {
    compareWholeAndPieces(false, "snappy", data);
  }

  @MethodSource("segments")
  @FuzzTest(maxDuration = "30s")
  void segments(byte[] data) {
    compareWholeAndPieces(true, null, data);
  }

  @MethodSource("compressedSegments")
  @FuzzTest(maxDuration = "30s")
  void lz4Segments(byte[] data) {
    compareWholeAndPieces(true, "lz4", data);
  }

  /** With right checksums, which no fuzzer finds by itself. */
  @FuzzTest(maxDuration = "30s")
  void segmentsWithChecksums(FuzzedDataProvider data) {
    boolean lz4 = data.consumeBoolean();
    SegmentsBuilder segments = new SegmentsBuilder(lz4);
    while (data.remainingBytes() > 0) {
      boolean selfContained = data.consumeBoolean();
      int originalLength = lz4 ? data.consumeInt(0, 131_071) : 0;
      segments.add(selfContained, data.consumeBytes(data.consumeInt(0, 2000)), originalLength);
    }
    byte[] bytes = ByteBufUtil.getBytes(segments.build());
    assertThat(read(true, lz4 ? "lz4" : null, bytes, 0, 7).seen)
        .isEqualTo(read(true, lz4 ? "lz4" : null, bytes, 0, bytes.length).seen);
  }

  @MethodSource("blocks")
  @FuzzTest(maxDuration = "30s")
  void compressedBodies(byte[] body) {
    if (body != null) {
      decompress("lz4", body);
      decompress("snappy", body);
    }
  }

  static Stream<byte[]> frames() {
    return Stream.of(
            "05 84 00 0001 02 00000000 84 00 ffff 0c 00000003 000102",
            "01 81 00 05 00 00000002 0a0b 82 00 05 00 00000000",
            "03 84 01 0001 08 0000000a 0000000c 3c61000100 0c",
            "02 84 01 0001 08 00000007 0c 04 6162 1502 00")
        .map(FrameReaderFuzz::seed);
  }

  static Stream<byte[]> segments() {
    return seeds(false);
  }

  static Stream<byte[]> compressedSegments() {
    return seeds(true);
  }

  static Stream<byte[]> blocks() {
    return Stream.of("0000000c 1f 61 0100 00", "0c 04 6162 1502", "00000000", "")
        .map(FrameReaderFuzz::seed);
  }

  private static Stream<byte[]> seeds(boolean lz4) {
    byte[] frame = SegmentsBuilder.frame(30);
    ByteBuf whole = new SegmentsBuilder(lz4).add(true, frame).add(true, frame).build();
    ByteBuf split =
        new SegmentsBuilder(lz4)
            .add(false, Arrays.copyOf(frame, 20))
            .add(false, Arrays.copyOfRange(frame, 20, frame.length))
            .build();
    return Stream.of(whole, split)
        .map(bytes -> ByteBufUtil.getBytes(Unpooled.buffer().writeByte(4).writeBytes(bytes)));
  }

  private static byte[] seed(String hex) {
    return ByteBufUtil.decodeHexDump(hex.replace(" ", ""));
  }

  private static void decompress(String algorithm, byte[] body) {
    try {
      byte[] plain = Compression.of(algorithm).decompressBody(body, body.length, LIMIT);
      assertThat(plain.length).isLessThanOrEqualTo(LIMIT);
    } catch (ProtocolViolation | FrameTooLarge e) {
      assertThat(e).hasMessageContaining("claims to hold");
    }
  }

  private static void compareWholeAndPieces(boolean segmented, String algorithm, byte[] data) {
    if (data != null && data.length > 0) {
      Frames whole = read(segmented, algorithm, data, 1, data.length);
      Frames pieces = read(segmented, algorithm, data, 1, 1 + (data[0] & 0xFF));
      assertThat(pieces.seen).isEqualTo(whole.seen);
    }
  }

  private static Frames read(
      boolean segmented, String algorithm, byte[] data, int from, int pieceBytes) {
    FrameReader reader = new FrameReader(LIMIT);
    reader.setCompression(algorithm == null ? null : Compression.of(algorithm));
    if (segmented) {
      reader.startSegments();
    }
    Frames frames = new Frames();
    ByteBuf in = Unpooled.wrappedBuffer(data, from, data.length - from);
    try {
      while (in.isReadable()) {
        reader.decode(in.readSlice(Math.min(pieceBytes, in.readableBytes())), frames);
      }
    } catch (CqlException e) {
      frames.seen.add(e.getMessage());
    }
    return frames;
  }
}
