package cqloop.netty.it;

import static org.assertj.core.api.Assertions.assertThat;

import cqloop.BatchStatement;
import cqloop.CqlOptions;
import cqloop.CqlSession;
import cqloop.ExecutionInfo;
import cqloop.PreparedStatement;
import cqloop.ProtocolVersion;
import cqloop.QueryTrace;
import cqloop.RowSet;
import cqloop.SimpleStatement;
import cqloop.error.TraceNotAvailable;
import cqloop.testkit.CassandraCluster;
import cqloop.testkit.junit.CassandraTest;
import cqloop.testkit.junit.TestKeyspace;
import cqloop.type.TimeUuids;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a result tells of its request: traces, warnings, coordinator, sizes. */
@CassandraTest
class DiagnosticsIT {

  private static Sessions sessions;

  @BeforeAll
  static void open(CassandraCluster cluster, @TestKeyspace String keyspace) {
    sessions = new Sessions(cluster, keyspace);
    sessions.set("CREATE TABLE $ks.t (k int PRIMARY KEY, v text)");
  }

  @AfterAll
  static void close() {
    sessions.close();
  }

  @ParameterizedTest
  @EnumSource(names = {"V3", "V4", "V5"})
  void traceOfEachKindOfStatementCanBeRead(Wire wire) {
    CqlOptions options = sessions.options(wire);
    options.getRequest().setTraceMaxWait(Duration.ofSeconds(10));
    CqlSession session = sessions.connect(options);
    SimpleStatement insert =
        SimpleStatement.of("INSERT INTO t (k, v) VALUES (?, ?)", 1, "x").withTracing(true);
    RowSet simple = Awaits.get(session.execute(insert));
    QueryTrace trace = Awaits.get(session.queryTrace(simple.executionInfo().tracingId()));
    assertThat(trace.tracingId()).isEqualTo(simple.executionInfo().tracingId());
    assertThat(trace.requestType()).containsIgnoringCase("execute");
    assertThat(trace.coordinator().getHostAddress()).isEqualTo(sessions.node().host());
    assertThat(trace.parameters()).containsValue(insert.cql());
    assertThat(trace.duration()).isPositive();
    assertThat(trace.startedAt()).isNotNull();
    assertThat(trace.events()).isNotEmpty();
    assertThat(trace.events().get(0).activity()).isNotEmpty();
    assertThat(trace.events()).isSortedAccordingTo(java.util.Comparator.comparing(e -> e.at()));

    PreparedStatement prepared = Awaits.get(session.prepare("SELECT v FROM t WHERE k = ?"));
    RowSet bound = Awaits.get(session.execute(prepared.bind(1).withTracing(true)));
    assertThat(bound.first().getString("v")).isEqualTo("x");
    assertThat(bound.executionInfo().tracingId()).isNotNull();
    RowSet batch = Awaits.get(session.execute(BatchStatement.logged(insert).withTracing(true)));
    assertThat(Awaits.get(session.queryTrace(batch.executionInfo().tracingId())).requestType())
        .containsIgnoringCase("batch");
    assertThat(Awaits.get(session.execute("SELECT v FROM t")).executionInfo().tracingId()).isNull();
    Awaits.get(session.close());
  }

  @Test
  void unknownTraceIsReportedAfterTheLimit() {
    UUID unknown = TimeUuids.next();
    TraceNotAvailable error =
        Awaits.failure(TraceNotAvailable.class, sessions.on(Wire.V4).queryTrace(unknown));
    assertThat(error.tracingId()).isEqualTo(unknown);
  }

  @ParameterizedTest
  @EnumSource(Wire.class)
  void warningsAreForV4AndLater(Wire wire) {
    CqlSession session = sessions.on(wire);
    RowSet rows = Awaits.get(session.execute("SELECT count(*) FROM t"));
    RowSet injected =
        Awaits.get(session.execute("/* cqloop:warn=look here */ SELECT v FROM t WHERE k = 77"));
    if (!wire.isAtLeast(ProtocolVersion.V4)) {
      assertThat(rows.executionInfo().warnings()).isEmpty();
      assertThat(injected.executionInfo().warnings()).isEmpty();
      return;
    }
    assertThat(rows.executionInfo().warnings())
        .singleElement()
        .asString()
        .contains("without partition key");
    assertThat(injected.executionInfo().warnings()).containsExactly("look here");
    assertThat(injected.size()).isZero();
    assertThat(
            Awaits.get(session.execute("SELECT v FROM t WHERE k = 1")).executionInfo().warnings())
        .isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Wire.class)
  void coordinatorSizesAndAttempts(Wire wire) {
    CqlSession session = sessions.on(wire);
    String text = "x".repeat(1000);
    ExecutionInfo written =
        Awaits.get(session.execute("INSERT INTO t (k, v) VALUES (2, ?)", text)).executionInfo();
    ExecutionInfo read = Awaits.get(session.execute("SELECT v FROM t WHERE k = 2")).executionInfo();
    assertThat(written.coordinator().endpoint())
        .isEqualTo(sessions.node().host() + ":" + sessions.node().port());
    if (wire.compression().equals("none") || wire == Wire.V5_LZ4) {
      assertThat(written.requestBytes()).isGreaterThan(1000);
      assertThat(read.responseBytes()).isGreaterThan(1000);
    } else {
      assertThat(written.requestBytes()).isBetween(20, 900);
      assertThat(read.responseBytes()).isBetween(20, 900);
    }
    assertThat(read.failedAttempts()).isEmpty();
    assertThat(read.speculativeAttempts()).isZero();
    assertThat(read.schemaInAgreement()).isTrue();
  }
}
