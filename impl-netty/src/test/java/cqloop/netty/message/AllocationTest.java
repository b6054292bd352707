package cqloop.netty.message;

import static org.assertj.core.api.Assertions.assertThat;

import cqloop.Consistency;
import cqloop.ProtocolVersion;
import cqloop.netty.wire.Allocations;
import cqloop.netty.wire.Compression;
import cqloop.netty.wire.FrameReader;
import cqloop.netty.wire.FrameSink;
import cqloop.netty.wire.SegmentEncoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the hot path costs on the heap, once warm: the figures that must not grow unnoticed. */
class AllocationTest {

  private static final int WARM_UP = 2_000;
  private static final int ROUNDS = 1_000;
  private static final int ROWS_BODY = 400;

  // Object header, prefix, body, end, firstCell, rowCount, columnCount, columns, state, id: 48.
  private static final int ROWS_RESULT = 48;
  private static final int NIO_VIEW = 200;

  private final ResourceLeakDetector.Level level = ResourceLeakDetector.getLevel();
  private int sink;

  @BeforeEach
  void stopTracingLeaks() {
    // The detector allocates a record for each buffer, which is not what is measured.
    ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.DISABLED);
  }

  @AfterEach
  void traceLeaksAgain() {
    ResourceLeakDetector.setLevel(level);
  }

  @ParameterizedTest
  @CsvSource({"V4, false", "V4, true", "V5, false", "V5, true", "DSE_V2, false"})
  void executeIsEncodedWithoutAllocation(ProtocolVersion version, boolean lz4) {
    FrameWriter writer =
        new FrameWriter(new PooledByteBufAllocator(true), Features.of(version), 1 << 20);
    writer.setCompression(lz4 ? Compression.lz4() : null);
    if (version.hasSegments()) {
      writer.startSegments();
    }
    byte[] values = new byte[2 + 300];
    Execute execute =
        new PlainExecute(
            new PreparedId(new byte[16], new byte[16], PreparedId.Skip.ALWAYS),
            QueryParameters.of(Consistency.LOCAL_QUORUM, 5000),
            values,
            1_700_000_000_000_000L,
            Envelope.PLAIN);
    Runnable turn =
        () -> {
          for (int i = 0; i < 20; i++) {
            sink += writer.append(execute, i);
          }
          writer.take().release();
        };
    long perTurn = perRound(turn);
    // The checksum of a segment reads the recycled buffer through a new NIO view.
    long allowed = version.hasSegments() ? NIO_VIEW : 0;
    assertThat(perTurn).as("bytes for 20 requests").isLessThanOrEqualTo(allowed);
  }

  @Test
  void rowsAreDecodedWithOneArrayAndOneObject() {
    Features features = Features.of(ProtocolVersion.V5);
    FrameReader reader = new FrameReader(1 << 20);
    FrameSink decoder =
        (version, flags, streamId, opcode, body, length, wireBytes) -> {
          RowsResult rows =
              (RowsResult) ResponseDecoder.decode(opcode, flags, body, length, features);
          sink += rows.rowCount();
        };
    ByteBuf frame = ByteBufAllocator.DEFAULT.directBuffer();
    frame.writeByte(0x85).writeByte(0).writeShort(1).writeByte(8).writeInt(ROWS_BODY);
    frame.writeInt(2).writeInt(4).writeInt(1).writeInt(1);
    frame.writeInt(ROWS_BODY - 20).writeZero(ROWS_BODY - 20);
    long perFrame =
        perRound(
            () -> {
              frame.readerIndex(0);
              reader.decode(frame, decoder);
            });
    frame.release();
    assertThat(perFrame).isLessThanOrEqualTo(16 + ROWS_BODY + ROWS_RESULT + 8);
  }

  @Test
  void framesInSegmentsCostNoMoreThanPlainOnes() {
    FrameReader reader = new FrameReader(1 << 20);
    reader.startSegments();
    FrameSink counter =
        (version, flags, streamId, opcode, body, length, wireBytes) -> sink += length;
    FrameWriter writer =
        new FrameWriter(new PooledByteBufAllocator(true), Features.of(ProtocolVersion.V5), 1 << 20);
    writer.startSegments();
    for (int i = 0; i < 10; i++) {
      writer.append(new AuthResponse(new byte[100]), i);
    }
    ByteBuf segment = asResponse(writer.take());
    long perSegment =
        perRound(
            () -> {
              segment.readerIndex(0);
              reader.decode(segment, counter);
            });
    segment.release();
    assertThat(perSegment).isLessThanOrEqualTo(10 * (16 + 104) + 64);
  }

  /** Turns the requests of a segment into responses; the checksum is made anew. */
  private static ByteBuf asResponse(ByteBuf segment) {
    ByteBuf frames = Unpooled.buffer().writeBytes(segment, 6, segment.readableBytes() - 10);
    segment.release();
    for (int at = 0; at < frames.readableBytes(); at += 9 + frames.getInt(at + 5)) {
      frames.setByte(at, 0x85).setByte(at + 4, Opcode.RESULT);
    }
    ByteBuf out = Unpooled.directBuffer();
    SegmentEncoder encoder = new SegmentEncoder(null);
    encoder.open(out);
    int start = out.writerIndex();
    out.writeBytes(frames);
    encoder.add(out, start);
    encoder.seal(out);
    return out;
  }

  /** Runs on a thread of Netty's kind: only these have a cache of pooled buffers. */
  private static long perRound(Runnable action) {
    FutureTask<Long> task =
        new FutureTask<>(
            () -> {
              repeat(WARM_UP, action);
              return Allocations.of(() -> repeat(ROUNDS, action)) / ROUNDS;
            });
    new FastThreadLocalThread(task).start();
    try {
      return task.get(30, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new AssertionError("the measurement failed", e);
    }
  }

  private static void repeat(int times, Runnable action) {
    for (int i = 0; i < times; i++) {
      action.run();
    }
  }
}
