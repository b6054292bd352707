package cqloop.netty.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.protocol.internal.Compressor;
import com.datastax.oss.protocol.internal.CrcMismatchException;
import com.datastax.oss.protocol.internal.Segment;
import com.datastax.oss.protocol.internal.SegmentCodec;
import cqloop.netty.message.Oracle;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Segments that we write are read by native-protocol, and the other way round. */
class SegmentOracleTest {

  private static final int ROUNDS = 60;
  private static final int FRAME_HEADER = 9;

  private record Piece(boolean selfContained, byte[] payload) {}

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theirsReadsOurs(boolean lz4) {
    for (long seed = 0; seed < ROUNDS; seed++) {
      List<byte[]> frames = frames(new Random(seed), 0x05);
      ByteBuf out = Unpooled.buffer();
      SegmentEncoder encoder = new SegmentEncoder(lz4 ? Compression.lz4() : null);
      for (byte[] frame : frames) {
        encoder.open(out);
        int start = out.writerIndex();
        out.writeBytes(frame);
        encoder.add(out, start);
      }
      encoder.seal(out);

      List<Piece> pieces = decode(out, lz4);
      assertThat(concat(pieces.stream().map(Piece::payload).toList()))
          .as("seed %d", seed)
          .isEqualTo(concat(frames));
      checkRules(pieces, frames);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void oursReadsTheirs(boolean lz4) {
    for (long seed = 0; seed < ROUNDS; seed++) {
      List<byte[]> frames = frames(new Random(seed), 0x85);
      ByteBuf in = Unpooled.buffer();
      List<byte[]> group = new ArrayList<>();
      for (byte[] frame : frames) {
        if (length(group) + frame.length > Segment.MAX_PAYLOAD_LENGTH) {
          encode(concat(group), true, lz4, in);
          group.clear();
        }
        if (frame.length <= Segment.MAX_PAYLOAD_LENGTH) {
          group.add(frame);
          continue;
        }
        for (int at = 0; at < frame.length; at += Segment.MAX_PAYLOAD_LENGTH) {
          int end = Math.min(frame.length, at + Segment.MAX_PAYLOAD_LENGTH);
          encode(Arrays.copyOfRange(frame, at, end), false, lz4, in);
        }
      }
      encode(concat(group), true, lz4, in);

      FrameReader reader = new FrameReader(1 << 20);
      reader.setCompression(lz4 ? Compression.lz4() : null);
      reader.startSegments();
      Frames seen = new Frames();
      Random random = new Random(seed);
      while (in.isReadable()) {
        reader.decode(in.readSlice(Math.min(in.readableBytes(), 1 + random.nextInt(90_000))), seen);
      }
      List<byte[]> bodies =
          frames.stream().map(f -> Arrays.copyOfRange(f, FRAME_HEADER, f.length)).toList();
      assertThat(seen.bodies).as("seed %d", seed).containsExactlyElementsOf(bodies);
    }
  }

  private static void encode(byte[] payload, boolean selfContained, boolean lz4, ByteBuf out) {
    if (payload.length > 0) {
      List<Object> parts = new ArrayList<>();
      codec(lz4).encode(new Segment<>(Unpooled.wrappedBuffer(payload), selfContained), parts);
      parts.forEach(part -> out.writeBytes((ByteBuf) part));
    }
  }

  private static List<Piece> decode(ByteBuf in, boolean lz4) {
    SegmentCodec<ByteBuf> codec = codec(lz4);
    List<Piece> pieces = new ArrayList<>();
    try {
      while (in.isReadable()) {
        SegmentCodec.Header header = codec.decodeHeader(in.readSlice(codec.headerLength() + 3));
        Segment<ByteBuf> segment = codec.decode(header, in.readSlice(header.payloadLength + 4));
        pieces.add(new Piece(segment.isSelfContained, ByteBufUtil.getBytes(segment.payload)));
      }
    } catch (CrcMismatchException e) {
      throw new AssertionError(e);
    }
    return pieces;
  }

  /** Only a frame longer than a segment is split, and then its segments hold nothing else. */
  private static void checkRules(List<Piece> pieces, List<byte[]> frames) {
    long large = frames.stream().filter(f -> f.length > Segment.MAX_PAYLOAD_LENGTH).count();
    long parts =
        frames.stream()
            .mapToInt(f -> f.length)
            .filter(n -> n > Segment.MAX_PAYLOAD_LENGTH)
            .map(n -> (n + Segment.MAX_PAYLOAD_LENGTH - 1) / Segment.MAX_PAYLOAD_LENGTH)
            .sum();
    assertThat(pieces.stream().filter(p -> !p.selfContained).count()).isEqualTo(parts);
    // Small frames share segments: at most one ends at each border that a large frame makes.
    int small =
        length(frames.stream().filter(f -> f.length <= Segment.MAX_PAYLOAD_LENGTH).toList());
    long atMost = large + 1 + 2L * (small / Segment.MAX_PAYLOAD_LENGTH + 1);
    assertThat(pieces.stream().filter(p -> p.selfContained).count()).isLessThanOrEqualTo(atMost);
  }

  private static SegmentCodec<ByteBuf> codec(boolean lz4) {
    return new SegmentCodec<>(
        Oracle.PRIMITIVES, lz4 ? new OracleLz4() : Compressor.<ByteBuf>none());
  }

  /** Frames of every size: empty, small, near the limit of a segment, and several segments long. */
  private static List<byte[]> frames(Random random, int version) {
    List<byte[]> frames = new ArrayList<>();
    for (int i = 1 + random.nextInt(12); i > 0; i--) {
      int length =
          switch (random.nextInt(8)) {
            case 0 -> 0;
            case 1 -> Segment.MAX_PAYLOAD_LENGTH - FRAME_HEADER - 2 + random.nextInt(5);
            case 2 -> random.nextInt(400_000);
            case 3 -> random.nextInt(60_000);
            default -> random.nextInt(300);
          };
      byte[] body = new byte[length];
      random.nextBytes(body);
      if (random.nextBoolean()) {
        Arrays.fill(body, (byte) i);
      }
      ByteBuf frame = Unpooled.buffer(length + FRAME_HEADER);
      frame.writeByte(version).writeByte(0).writeShort(i).writeByte(8).writeInt(length);
      frames.add(ByteBufUtil.getBytes(frame.writeBytes(body)));
    }
    return frames;
  }

  private static byte[] concat(List<byte[]> parts) {
    ByteBuf all = Unpooled.buffer();
    parts.forEach(all::writeBytes);
    return ByteBufUtil.getBytes(all);
  }

  private static int length(List<byte[]> parts) {
    return parts.stream().mapToInt(p -> p.length).sum();
  }
}
