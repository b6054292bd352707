package cqloop.netty.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cqloop.error.CqlException;
import cqloop.error.FrameTooLarge;
import cqloop.error.ProtocolViolation;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import net.jpountz.lz4.LZ4Factory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Corrupt segments and abuse of splitting: each has its own error and ends the stream. */
class SegmentDecoderTest {

  private static final byte[] FRAME = SegmentsBuilder.frame(4);
  private static final int MAX_PAYLOAD = 131_071;

  private final Frames frames = new Frames();

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void noticesEveryFlippedBitOfAWholeSegment(boolean lz4) {
    byte[] good = ByteBufUtil.getBytes(new SegmentsBuilder(lz4).add(true, FRAME).build());
    for (int bit = 0; bit < good.length * 8; bit++) {
      byte[] bad = good.clone();
      bad[bit / 8] ^= (byte) (1 << (bit % 8));
      // What follows lets a header with a larger length find its bytes.
      ByteBuf in = Unpooled.wrappedBuffer(bad, new byte[2 * MAX_PAYLOAD]);
      Frames seen = new Frames();
      assertThatThrownBy(() -> reader(lz4).decode(in, seen))
          .as("bit %d", bit)
          .isInstanceOf(ProtocolViolation.class)
          .hasMessageContaining("checksum");
      assertThat(seen.seen).isEmpty();
    }
  }

  @Test
  void refusesASplitFrameThatEndsBeforeItsSegment() {
    assertBroken(
        new SegmentsBuilder(false)
            .add(false, Arrays.copyOf(FRAME, 10))
            .add(false, new byte[] {0, 0, 0, 7}),
        "ends 1 bytes before");
    assertThat(frames.seen).hasSize(1);
  }

  @Test
  void refusesASelfContainedSegmentWithinASplitFrame() {
    assertBroken(
        new SegmentsBuilder(false).add(false, Arrays.copyOf(FRAME, 10)).add(true, FRAME),
        "follows the beginning of a split frame");
    assertThat(frames.seen).isEmpty();
  }

  @Test
  void refusesPartOfAFrameInASelfContainedSegment() {
    assertBroken(new SegmentsBuilder(false).add(true, Arrays.copyOf(FRAME, 12)), "within a frame");
    assertThat(frames.seen).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void refusesEmptySegments(boolean selfContained) {
    assertBroken(new SegmentsBuilder(false).add(selfContained, new byte[0]), "empty");
  }

  @Test
  void refusesUndefinedBitsOfTheHeader() {
    assertBroken(new SegmentsBuilder(false).addRaw(13L | 1 << 17 | 1 << 23, FRAME), "bits");
  }

  @Test
  void refusesASplitFrameAboveTheLimitAtItsHeader() {
    FrameReader reader = new FrameReader(200_000);
    reader.startSegments();
    ByteBuf in =
        new SegmentsBuilder(false)
            .add(false, Arrays.copyOf(SegmentsBuilder.frame(200_001), 100))
            .build();
    assertThatThrownBy(() -> reader.decode(in, frames)).isInstanceOf(FrameTooLarge.class);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void joinsSplitFramesOfAnySize(boolean lz4) {
    for (int body : new int[] {0, 1, 7, 131_071, 131_072, 400_000}) {
      byte[] frame = SegmentsBuilder.frame(body);
      SegmentsBuilder segments = new SegmentsBuilder(lz4);
      for (int at = 0; at < frame.length; at += MAX_PAYLOAD - 1) {
        int end = Math.min(frame.length, at + MAX_PAYLOAD - 1);
        segments.add(false, Arrays.copyOfRange(frame, at, end));
      }
      segments.add(true, FRAME);
      Frames seen = new Frames();
      reader(lz4).decode(segments.build(), seen);
      assertThat(seen.bodies).containsExactly(new byte[body], new byte[4]);
    }
  }

  @Test
  void readsCompressedSegments() {
    byte[] payload = new byte[3 * 1009];
    for (int i = 0; i < 3; i++) {
      System.arraycopy(SegmentsBuilder.frame(1000), 0, payload, i * 1009, 1009);
    }
    byte[] packed = LZ4Factory.safeInstance().fastCompressor().compress(payload);
    reader(true)
        .decode(new SegmentsBuilder(true).add(true, packed, payload.length).build(), frames);
    assertThat(frames.bodies).containsExactly(new byte[1000], new byte[1000], new byte[1000]);
  }

  @Test
  void refusesCompressedSegmentsThatGiveOtherLengths() {
    byte[] packed = LZ4Factory.safeInstance().fastCompressor().compress(new byte[1000]);
    for (int claimed : new int[] {1, 999, 1001, MAX_PAYLOAD}) {
      ByteBuf in = new SegmentsBuilder(true).add(true, packed, claimed).build();
      assertThatThrownBy(() -> reader(true).decode(in, frames))
          .isInstanceOf(ProtocolViolation.class)
          .hasMessageContaining("claims to hold " + claimed);
    }
  }

  @Test
  void reservesNothingForAHeaderAlone() {
    byte[] header =
        ByteBufUtil.getBytes(
            new SegmentsBuilder(false).add(false, new byte[MAX_PAYLOAD]).build(), 0, 7);
    FrameReader reader = reader(false);
    long allocated = Allocations.of(() -> reader.decode(Unpooled.wrappedBuffer(header), frames));
    assertThat(allocated).isLessThan(16 * 1024);
  }

  @Test
  void staysBrokenAfterAnError() {
    FrameReader reader = reader(false);
    ByteBuf bad = new SegmentsBuilder(false).add(true, new byte[0]).build();
    assertThatThrownBy(() -> reader.decode(bad, frames)).isInstanceOf(CqlException.class);
    ByteBuf good = new SegmentsBuilder(false).add(true, FRAME).build();
    assertThatThrownBy(() -> reader.decode(good, frames)).isInstanceOf(CqlException.class);
    assertThat(frames.seen).isEmpty();
  }

  /** READY in plain form and a segment right behind it, in one read (rule 2.3). */
  @Test
  void switchesToSegmentsWithinTheSink() {
    FrameReader reader = new FrameReader(1000);
    ByteBuf in =
        Unpooled.wrappedBuffer(
            Frames.bytes("85 00 0000 02 00000000"),
            new SegmentsBuilder(false).add(true, FRAME).build());
    reader.decode(
        in,
        (version, flags, streamId, opcode, body, length, wireBytes) -> {
          frames.frame(version, flags, streamId, opcode, body, length, wireBytes);
          if (opcode == 2) {
            reader.startSegments();
          }
        });
    assertThat(frames.seen).containsExactly("v05 f00 s0 o02  (9)", "v05 f00 s1 o08 00000000 (13)");
  }

  private void assertBroken(SegmentsBuilder segments, String message) {
    ByteBuf in = segments.build();
    assertThatThrownBy(() -> reader(false).decode(in, frames))
        .isInstanceOf(ProtocolViolation.class)
        .hasMessageContaining(message);
  }

  private static FrameReader reader(boolean lz4) {
    FrameReader reader = new FrameReader(1 << 20);
    reader.setCompression(lz4 ? Compression.lz4() : null);
    reader.startSegments();
    return reader;
  }
}
