package cqloop.netty.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import cqloop.error.CqlException;
import cqloop.error.FrameTooLarge;
import cqloop.error.ProtocolViolation;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;

/** Any bytes as frames and segments, whole and in pieces: the same frames or a typed error. */
class FrameReaderFuzz {

  private static final int LIMIT = 100_000;

  @FuzzTest(maxDuration = "30s")
  void plainFrames(FuzzedDataProvider data) {
    compareWholeAndPieces(false, null, data);
  }

  @FuzzTest(maxDuration = "30s")
  void lz4Frames(FuzzedDataProvider data) {
    compareWholeAndPieces(false, "lz4", data);
  }

  @FuzzTest(maxDuration = "30s")
  void snappyFrames(FuzzedDataProvider data) {
    compareWholeAndPieces(false, "snappy", data);
  }

  @FuzzTest(maxDuration = "30s")
  void segments(FuzzedDataProvider data) {
    compareWholeAndPieces(true, null, data);
  }

  @FuzzTest(maxDuration = "30s")
  void lz4Segments(FuzzedDataProvider data) {
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
    read(true, lz4 ? "lz4" : null, segments.build(), List.of());
  }

  @FuzzTest(maxDuration = "30s")
  void lz4Block(FuzzedDataProvider data) {
    decompress("lz4", data.consumeRemainingAsBytes());
  }

  @FuzzTest(maxDuration = "30s")
  void snappyBlock(FuzzedDataProvider data) {
    decompress("snappy", data.consumeRemainingAsBytes());
  }

  private static void decompress(String algorithm, byte[] body) {
    try {
      byte[] plain = Compression.of(algorithm).decompressBody(body, body.length, LIMIT);
      assertThat(plain.length).isLessThanOrEqualTo(LIMIT);
    } catch (ProtocolViolation | FrameTooLarge e) {
      assertThat(e).hasMessageContaining("claims to hold");
    }
  }

  private static void compareWholeAndPieces(
      boolean segmented, String algorithm, FuzzedDataProvider data) {
    List<Integer> pieces = new ArrayList<>();
    for (int i = data.consumeInt(0, 20); i > 0; i--) {
      pieces.add(data.consumeInt(0, 100));
    }
    byte[] bytes = data.consumeRemainingAsBytes();
    Frames whole = read(segmented, algorithm, Unpooled.wrappedBuffer(bytes), List.of());
    Frames cut = read(segmented, algorithm, Unpooled.wrappedBuffer(bytes), pieces);
    assertThat(cut.seen).isEqualTo(whole.seen);
  }

  private static Frames read(
      boolean segmented, String algorithm, ByteBuf in, List<Integer> pieces) {
    FrameReader reader = new FrameReader(LIMIT);
    reader.setCompression(algorithm == null ? null : Compression.of(algorithm));
    if (segmented) {
      reader.startSegments();
    }
    Frames frames = new Frames();
    try {
      for (int piece : pieces) {
        reader.decode(in.readSlice(Math.min(piece, in.readableBytes())), frames);
      }
      reader.decode(in, frames);
    } catch (CqlException e) {
      frames.seen.add(e.getMessage());
    }
    return frames;
  }
}
