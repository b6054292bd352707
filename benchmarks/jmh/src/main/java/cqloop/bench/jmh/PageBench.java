package cqloop.bench.jmh;

import cqloop.Row;
import cqloop.bench.spi.Statements;
import cqloop.bench.wire.Bytes;
import cqloop.bench.wire.ResultBodies;
import cqloop.netty.codec.Codecs;
import cqloop.netty.message.Features;
import cqloop.netty.row.ColumnPlan;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** A page of 5,000 rows, every column read; figures per row. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(Statements.PAGE_ROWS)
public class PageBench {
  private static final int PAGE = 2;

  private final Features features = Answers.features(4);
  private byte[] body;
  private ColumnPlan plan;

  /** For JMH, which calls {@link #prepare}. */
  @SuppressWarnings("NullAway.Init")
  public PageBench() {}

  /** Encodes the page. */
  @Setup
  public void prepare() {
    Bytes bytes = new Bytes().raw(ResultBodies.pageHead(PAGE, false, 0));
    body = bytes.raw(ResultBodies.pageRows()).toArray();
    plan = new ColumnPlan(Answers.prepared(4, PAGE).resultColumns(), Codecs.builtIn());
  }

  /** Checks the page and reads every value of it. */
  @Benchmark
  public void values(Blackhole hole) {
    for (Row row : Answers.rows(body, body.length, features, plan)) {
      hole.consume(row.getLong(0));
      hole.consume(row.getInt(1));
      hole.consume(row.getString(2));
      hole.consume(row.getString(3));
      hole.consume(row.getDouble(4));
      hole.consume(row.getBoolean(5));
      hole.consume(row.get(6, Instant.class));
      hole.consume(row.getUuid(7));
    }
  }

  /** Checks the page only. */
  @Benchmark
  public Object check() {
    return Answers.rows(body, body.length, features, plan);
  }
}
