package cqloop.netty.it;

import static org.assertj.core.api.Assertions.assertThat;

import cqloop.CqlOptions;
import cqloop.CqlSession;
import cqloop.PreparedStatement;
import cqloop.Row;
import cqloop.RowSet;
import cqloop.SimpleStatement;
import cqloop.error.FrameTooLarge;
import cqloop.testkit.CassandraCluster;
import cqloop.testkit.junit.CassandraTest;
import cqloop.testkit.junit.TestKeyspace;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Values larger than one segment of v5 (128 KiB), up to several megabytes, both ways. */
@CassandraTest
class BigValuesIT {

  private static Sessions sessions;

  @BeforeAll
  static void open(CassandraCluster cluster, @TestKeyspace String keyspace) {
    sessions = new Sessions(cluster, keyspace);
    sessions.set("CREATE TABLE $ks.t (k int PRIMARY KEY, b blob)");
  }

  @AfterAll
  static void close() {
    sessions.close();
  }

  @ParameterizedTest
  @EnumSource(Wire.class)
  void valuesAroundASegmentAndFarBeyond(Wire wire) {
    CqlSession session = sessions.on(wire);
    PreparedStatement insert = Awaits.get(session.prepare("INSERT INTO t (k, b) VALUES (?, ?)"));
    PreparedStatement select = Awaits.get(session.prepare("SELECT b FROM t WHERE k = ?"));
    int segment = 128 * 1024 - 1; // native_protocol_v5.spec, 2.2
    for (int size : new int[] {segment - 60, segment, segment + 1, 300_000, 1_900_000}) {
      Buffer value = size == 300_000 ? Buffer.buffer(new byte[size]) : random(size);
      Awaits.get(session.execute(insert.bind(1, value)));
      assertThat(Awaits.get(session.execute(select.bind(1))).first().getBuffer("b"))
          .as("%d bytes", size)
          .isEqualTo(value);
    }
  }

  @ParameterizedTest
  @EnumSource(Wire.class)
  void pageOfManyMegabytes(Wire wire) {
    CqlSession session = sessions.on(wire);
    Buffer big = random(1_500_000);
    Buffer even = Buffer.buffer(new byte[1_500_000]);
    PreparedStatement insert = Awaits.get(session.prepare("INSERT INTO t (k, b) VALUES (?, ?)"));
    for (int k = 10; k < 14; k++) {
      Awaits.get(session.execute(insert.bind(k, k % 2 == 0 ? big : even)));
    }
    RowSet rows = Awaits.get(session.execute("SELECT k, b FROM t WHERE k IN (10, 11, 12, 13)"));
    assertThat(rows.size()).isEqualTo(4);
    for (Row row : rows) {
      assertThat(row.getBuffer("b")).isEqualTo(row.getInt("k") % 2 == 0 ? big : even);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"V4", "V5", "V5_LZ4"})
  void smallRequestsGoOnBetweenBigOnes(Wire wire) {
    CqlSession session = sessions.on(wire);
    Buffer big = random(1_000_000);
    Awaits.get(session.execute("INSERT INTO t (k, b) VALUES (2, ?)", big));
    Awaits.get(session.execute("INSERT INTO t (k, b) VALUES (3, ?)", Buffer.buffer("small")));
    List<Future<RowSet>> bigs = new ArrayList<>();
    List<Future<RowSet>> smalls = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      bigs.add(session.execute("SELECT b FROM t WHERE k = 2"));
      bigs.add(session.execute("INSERT INTO t (k, b) VALUES (2, ?)", big));
      smalls.add(session.execute("SELECT b FROM t WHERE k = 3"));
    }
    for (Future<RowSet> one : smalls) {
      assertThat(Awaits.get(one).first().getBuffer(0)).isEqualTo(Buffer.buffer("small"));
    }
    for (int i = 0; i < bigs.size(); i += 2) {
      assertThat(Awaits.get(bigs.get(i)).first().getBuffer(0)).isEqualTo(big);
      Awaits.get(bigs.get(i + 1));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"V3", "V4", "V5"})
  void answerAboveTheFrameLimitIsRefusedAndTheSessionServesOn(Wire wire) {
    CqlOptions options = sessions.options(wire);
    options.getProtocol().setMaxFrameBytes(100_000);
    CqlSession session = sessions.connect(options);
    Awaits.get(sessions.on(wire).execute("INSERT INTO t (k, b) VALUES (4, ?)", random(400_000)));
    Throwable failure =
        Awaits.failure(
            session.execute(
                SimpleStatement.of("SELECT b FROM t WHERE k = 4")
                    .withTimeout(Duration.ofSeconds(5))));
    assertThat(rootOf(failure)).isInstanceOf(FrameTooLarge.class);
    assertThat(((FrameTooLarge) rootOf(failure)).limitBytes()).isEqualTo(100_000);
    Awaits.served(Duration.ofSeconds(10), () -> session.execute("SELECT k FROM t WHERE k = 4"));
    Awaits.get(session.close());
  }

  @ParameterizedTest
  @EnumSource(names = {"V3", "V4", "V5"})
  void requestAboveTheFrameLimitIsRefusedBeforeItIsSent(Wire wire) {
    CqlOptions options = sessions.options(wire);
    options.getProtocol().setMaxFrameBytes(100_000);
    CqlSession session = sessions.connect(options);
    FrameTooLarge error =
        Awaits.failure(
            FrameTooLarge.class,
            session.execute("INSERT INTO t (k, b) VALUES (5, ?)", random(100_000)));
    assertThat(error.mayHaveBeenExecuted()).isFalse();
    assertThat(error.frameBytes()).isGreaterThan(100_000);
    assertThat(Awaits.get(session.execute("SELECT k FROM t WHERE k = 5")).size()).isZero();
    Awaits.get(session.close());
  }

  private static Throwable rootOf(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null && !(root instanceof FrameTooLarge)) {
      root = root.getCause();
    }
    return root;
  }

  private static Buffer random(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return Buffer.buffer(bytes);
  }
}
