package cqloop.netty.it;

import static org.assertj.core.api.Assertions.assertThat;

import cqloop.BatchStatement;
import cqloop.CqlSession;
import cqloop.ProtocolVersion;
import cqloop.SimpleStatement;
import cqloop.Statement;
import cqloop.error.UnsupportedByProtocol;
import cqloop.testkit.CassandraCluster;
import cqloop.testkit.RecordedRequest;
import cqloop.testkit.junit.CassandraTest;
import cqloop.testkit.junit.TestKeyspace;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The role that a request is executed as: the payload key of DataStax Enterprise. */
@CassandraTest
class ExecuteAsIT {

  private static final String KEY = "ProxyExecute";

  private static Sessions sessions;

  @BeforeAll
  static void open(CassandraCluster cluster, @TestKeyspace String keyspace) {
    sessions = new Sessions(cluster, keyspace);
    sessions.set("CREATE TABLE $ks.t (k int PRIMARY KEY)");
  }

  @AfterAll
  static void close() {
    sessions.close();
  }

  @ParameterizedTest
  @EnumSource(names = {"V3", "V4", "V5"})
  void roleTravelsInThePayloadOfEveryKindOfStatement(Wire wire) {
    CqlSession session = sessions.on(wire);
    String mark = "/* as " + wire + " */";
    SimpleStatement insert = SimpleStatement.of("INSERT INTO t (k) VALUES (1) " + mark);
    if (!wire.isAtLeast(ProtocolVersion.V4)) {
      Awaits.failure(UnsupportedByProtocol.class, session.execute(insert.withExecuteAs("åsa")));
      return;
    }
    List<Statement<?>> statements =
        List.of(
            insert.withExecuteAs("åsa"),
            Awaits.get(session.prepare(insert)).bind().withExecuteAs("åsa"),
            BatchStatement.logged(insert).withExecuteAs("åsa"));
    for (Statement<?> statement : statements) {
      RecordedRequest seen = sent(session, statement, mark);
      assertThat(seen.payload()).containsOnly(Map.entry(KEY, hex("åsa")));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"V4", "V5"})
  void roleStandsBesideThePayloadOfTheCallerAndIsForgottenByNull(Wire wire) {
    CqlSession session = sessions.on(wire);
    String mark = "/* beside " + wire + " */";
    SimpleStatement statement =
        SimpleStatement.of("SELECT k FROM t " + mark)
            .withPayload(Map.of("color", Buffer.buffer("red")))
            .withExecuteAs("ann");
    assertThat(sent(session, statement, mark).payload())
        .containsOnly(Map.entry(KEY, hex("ann")), Map.entry("color", hex("red")));
    assertThat(sent(session, statement.withExecuteAs(null), mark).payload())
        .containsOnlyKeys("color");
  }

  private static RecordedRequest sent(CqlSession session, Statement<?> statement, String mark) {
    Awaits.get(session.execute(statement));
    List<RecordedRequest> seen = sessions.node().requests(mark);
    return seen.get(seen.size() - 1);
  }

  private static String hex(String text) {
    return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
  }
}
