package cqloop.netty.it;

import static org.assertj.core.api.Assertions.assertThat;

import cqloop.CqlOptions;
import cqloop.CqlSession;
import cqloop.SimpleStatement;
import cqloop.error.CodecFailed;
import cqloop.testkit.CassandraCluster;
import cqloop.testkit.junit.CassandraTest;
import cqloop.testkit.junit.TestKeyspace;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@CassandraTest
class AutoPrepareIT {

  private static Sessions sessions;

  @BeforeAll
  static void open(CassandraCluster cluster, @TestKeyspace String keyspace) {
    sessions = new Sessions(cluster, keyspace);
    sessions.set("CREATE TABLE $ks.t (k text, c int, s smallint, PRIMARY KEY (k, c))");
  }

  @AfterAll
  static void close() {
    sessions.close();
  }

  @ParameterizedTest
  @EnumSource(names = {"V3", "V4", "V5"})
  void valuesAreCheckedAgainstTheirColumnsAndPagesFollow(Wire wire) {
    CqlOptions options = sessions.options(wire);
    options.getRequest().setAutoPrepare(true);
    CqlSession session = sessions.connect(options);
    String insert = "INSERT INTO t (k, c, s) VALUES (?, ?, ?)";
    String key = wire.name();
    for (int i = 0; i < 5; i++) {
      Awaits.get(session.execute(insert, key, i, (short) i));
    }
    SimpleStatement select =
        SimpleStatement.of("SELECT s FROM t WHERE k = :key")
            .withNamedValues(Map.of("key", key))
            .withPageSize(2);
    List<Object> read =
        Awaits.get(
            session.collect(select, Collectors.mapping(row -> row.get("s"), Collectors.toList())));

    assertThat(read).containsExactly((short) 0, (short) 1, (short) 2, (short) 3, (short) 4);
    assertThat(session.metrics().prepared().size()).isEqualTo(2);
    CodecFailed wrong =
        Awaits.failure(CodecFailed.class, session.execute(insert, key, "no number", (short) 1));
    assertThat(wrong).hasMessageContaining("'c'");
    Awaits.get(session.close());
  }
}
