package cqloop.netty.it;

import static org.assertj.core.api.Assertions.assertThat;

import cqloop.Consistency;
import cqloop.CqlSession;
import cqloop.PreparedStatement;
import cqloop.RowSet;
import cqloop.SimpleStatement;
import cqloop.testkit.CassandraCluster;
import cqloop.testkit.junit.CassandraTest;
import cqloop.testkit.junit.TestKeyspace;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Writes with conditions: lightweight transactions. */
@CassandraTest
class ConditionalIT {

  private static Sessions sessions;

  @BeforeAll
  static void open(CassandraCluster cluster, @TestKeyspace String keyspace) {
    sessions = new Sessions(cluster, keyspace);
    sessions.set("CREATE TABLE $ks.account (id int PRIMARY KEY, owner text, balance int)");
  }

  @AfterAll
  static void close() {
    sessions.close();
  }

  @ParameterizedTest
  @EnumSource(Wire.class)
  void insertIfNotExistsTellsWhatIsThere(Wire wire) {
    CqlSession session = sessions.on(wire);
    int id = 100 + wire.ordinal();
    SimpleStatement insert =
        SimpleStatement.of(
            "INSERT INTO account (id, owner, balance) VALUES (?, ?, ?) IF NOT EXISTS", id, "a", 5);
    RowSet applied = Awaits.get(session.execute(insert));
    assertThat(applied.wasApplied()).isTrue();
    assertThat(applied.columns().names()).containsExactly("[applied]");

    RowSet refused = Awaits.get(session.execute(insert));
    assertThat(refused.wasApplied()).isFalse();
    assertThat(refused.first().getString("owner")).isEqualTo("a");
    assertThat(refused.first().getInt("balance")).isEqualTo(5);
  }

  @ParameterizedTest
  @EnumSource(Wire.class)
  void preparedUpdateHasOtherColumnsWhenItIsRefused(Wire wire) {
    CqlSession session = sessions.on(wire);
    int id = 200 + wire.ordinal();
    Awaits.get(session.execute("INSERT INTO account (id, balance) VALUES (?, 10)", id));
    PreparedStatement update =
        Awaits.get(session.prepare("UPDATE account SET balance = ? WHERE id = ? IF balance = ?"));
    for (int round = 0; round < 3; round++) {
      RowSet refused = Awaits.get(session.execute(update.bind(99, id, 1)));
      assertThat(refused.wasApplied()).isFalse();
      assertThat(refused.first().getInt("balance")).isEqualTo(10 + round);
      RowSet applied = Awaits.get(session.execute(update.bind(11 + round, id, 10 + round)));
      assertThat(applied.wasApplied()).isTrue();
      assertThat(applied.columns().names()).containsExactly("[applied]");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"V3", "V4", "V5"})
  void onlyOneOfManyAtOnceIsApplied(Wire wire) {
    CqlSession session = sessions.on(wire);
    int id = 300 + wire.ordinal();
    List<Future<RowSet>> all = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      all.add(
          session.execute(
              SimpleStatement.of(
                      "INSERT INTO account (id, owner) VALUES (?, ?) IF NOT EXISTS", id, "o" + i)
                  .withSerialConsistency(Consistency.LOCAL_SERIAL)));
    }
    int applied = 0;
    for (Future<RowSet> one : all) {
      applied += Awaits.get(one).wasApplied() ? 1 : 0;
    }
    assertThat(applied).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(names = {"V3", "V4", "V5"})
  void serialReadSeesTheWrite(Wire wire) {
    CqlSession session = sessions.on(wire);
    int id = 400 + wire.ordinal();
    Awaits.get(
        session.execute("INSERT INTO account (id, owner) VALUES (?, 'x') IF NOT EXISTS", id));
    RowSet rows =
        Awaits.get(
            session.execute(
                SimpleStatement.of("SELECT owner FROM account WHERE id = ?", id)
                    .withConsistency(Consistency.SERIAL)));
    assertThat(rows.first().getString("owner")).isEqualTo("x");
    assertThat(rows.wasApplied()).as("no condition").isTrue();
  }
}
