package cqloop.bench.jmh;

import cqloop.Consistency;
import cqloop.bench.spi.Values;
import cqloop.netty.codec.BindEncoder;
import cqloop.netty.codec.Codecs;
import cqloop.netty.message.Envelope;
import cqloop.netty.message.Execute;
import cqloop.netty.message.FrameWriter;
import cqloop.netty.message.Prepared;
import cqloop.netty.message.PreparedId;
import cqloop.netty.message.QueryParameters;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
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

/**
 * Requests of one turn of an event loop, from values to the buffer that is written; per request.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(EncodeBench.REQUESTS)
public class EncodeBench {
  static final int REQUESTS = 256;
  private static final int MAX_FRAME = 1 << 20;

  private static final QueryParameters PARAMETERS = QueryParameters.of(Consistency.LOCAL_ONE, 5000);

  /** Native protocol version. */
  @Param({"4", "5"})
  public int version;

  private FrameWriter writer;
  private BindEncoder pointValues;
  private BindEncoder insertValues;
  private PreparedId point;
  private PreparedId insert;

  /** For JMH, which calls {@link #prepare}. */
  @SuppressWarnings("NullAway.Init")
  public EncodeBench() {}

  /** Prepares the statements. */
  @Setup
  public void prepare() {
    writer = new FrameWriter(PooledByteBufAllocator.DEFAULT, Answers.features(version), MAX_FRAME);
    if (version >= 5) {
      writer.startSegments();
    }
    Prepared preparedPoint = Answers.prepared(version, 0);
    Prepared preparedInsert = Answers.prepared(version, 1);
    pointValues = new BindEncoder(preparedPoint.variables(), Codecs.builtIn(), true, new int[0]);
    insertValues = new BindEncoder(preparedInsert.variables(), Codecs.builtIn(), true, new int[0]);
    point =
        new PreparedId(
            preparedPoint.id(), preparedPoint.resultMetadataId(), PreparedId.Skip.ALWAYS);
    insert =
        new PreparedId(
            preparedInsert.id(), preparedInsert.resultMetadataId(), PreparedId.Skip.NEVER);
  }

  /** Point selects: one bigint. */
  @Benchmark
  public int point() {
    for (int i = 0; i < REQUESTS; i++) {
      append(point, pointValues.encode((long) i), i);
    }
    return send();
  }

  /** Inserts: six values, one of them a text of 1 KB. */
  @Benchmark
  public int insert() {
    for (int i = 0; i < REQUESTS; i++) {
      byte[] values =
          insertValues.encode(
              (long) i,
              Values.body(i),
              Values.score(i),
              Values.ratio(i),
              Values.created(i),
              Values.ref(i));
      append(insert, values, i);
    }
    return send();
  }

  private void append(PreparedId id, byte[] values, int stream) {
    long timestamp = QueryParameters.NO_TIMESTAMP;
    writer.append(new Bound(id, PARAMETERS, values, timestamp, Envelope.PLAIN), stream);
  }

  private int send() {
    ByteBuf out = writer.take();
    int bytes = out.readableBytes();
    out.release();
    return bytes;
  }

  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Bound(
      PreparedId prepared,
      QueryParameters parameters,
      byte[] values,
      long timestamp,
      Envelope envelope)
      implements Execute {}
}
