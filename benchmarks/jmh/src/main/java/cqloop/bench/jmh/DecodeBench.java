package cqloop.bench.jmh;

import cqloop.Row;
import cqloop.bench.wire.Frames;
import cqloop.bench.wire.ResultBodies;
import cqloop.bench.wire.Segments;
import cqloop.netty.codec.Codecs;
import cqloop.netty.message.Features;
import cqloop.netty.row.ColumnPlan;
import cqloop.netty.wire.FrameReader;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/**
 * Answers to point selects, as many as one read brings, from bytes to values; figures per answer.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(DecodeBench.ANSWERS)
public class DecodeBench {
  static final int ANSWERS = 256;
  private static final int MAX_FRAME = 1 << 20;

  /** Native protocol version. */
  @Param({"4", "5"})
  public int version;

  private ByteBuf input;
  private FrameReader reader;
  private Features features;
  private ColumnPlan plan;

  /** For JMH, which calls {@link #prepare}. */
  @SuppressWarnings("NullAway.Init")
  public DecodeBench() {}

  /** Encodes the answers. */
  @Setup
  public void prepare() {
    features = Answers.features(version);
    plan = new ColumnPlan(Answers.prepared(version, 0).resultColumns(), Codecs.builtIn());
    reader = new FrameReader(MAX_FRAME);
    input = Unpooled.directBuffer();
    List<byte[]> frames = new ArrayList<>();
    for (int i = 0; i < ANSWERS; i++) {
      byte[] body = ResultBodies.point(i, false);
      frames.add(Frames.frame(0x80 | version, 0, i, Frames.RESULT, body));
    }
    if (version >= 5) {
      reader.startSegments();
      input.writeBytes(Segments.pack(frames, false));
    } else {
      frames.forEach(input::writeBytes);
    }
  }

  /** Cuts the bytes into frames. */
  @Benchmark
  public void frames(Blackhole hole) {
    reader.decode(
        input.readerIndex(0),
        (frameVersion, flags, stream, opcode, body, length, wireBytes) -> hole.consume(body));
  }

  /** Cuts the bytes into frames and reads all values. */
  @Benchmark
  public void values(Blackhole hole) {
    reader.decode(
        input.readerIndex(0),
        (frameVersion, flags, stream, opcode, body, length, wireBytes) -> {
          Row row = Answers.rows(body, length, features, plan).get(0);
          hole.consume(row.getLong(0));
          hole.consume(row.getString(1));
          hole.consume(row.getInt(2));
          hole.consume(row.getDouble(3));
        });
  }
}
