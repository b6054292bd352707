package cqloop.netty.it;

import static org.assertj.core.api.Assertions.assertThat;

import cqloop.CqlOptions;
import cqloop.CqlSession;
import cqloop.metadata.KeyspaceMetadata;
import cqloop.metadata.SchemaUpdate;
import cqloop.testkit.CassandraCluster;
import cqloop.testkit.junit.CassandraTest;
import cqloop.testkit.junit.TestKeyspace;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a session reads of a schema that changes, and what its listeners hear. */
@CassandraTest
class SchemaUpdatesIT {

  private static Sessions sessions;
  private static String keyspace;

  @BeforeAll
  static void open(CassandraCluster cluster, @TestKeyspace String name) {
    keyspace = name;
    sessions = new Sessions(cluster, name);
  }

  @AfterAll
  static void close() {
    sessions.close();
  }

  /**
   * Who uses a type, or what is in a keyspace, is heard of with it: in the order of the listener.
   */
  @Test
  void objectsOfEveryKindAreUpdatedAndDroppedInOrder() {
    CqlSession session = sessions.connect(sessions.options());
    Awaits.get(session.schema());
    List<SchemaUpdate> updates = new CopyOnWriteArrayList<>();
    session.addSchemaListener(
        update -> {
          if (update.object().keyspace().equals("ks_of_all")) {
            updates.add(update);
          }
        });
    String plus =
        "CREATE OR REPLACE FUNCTION ks_of_all.f(a int, b int) CALLED ON NULL INPUT RETURNS int"
            + " LANGUAGE java AS 'return a + %s;'";
    String sum = "CREATE OR REPLACE AGGREGATE ks_of_all.s(int) SFUNC f STYPE int INITCOND %s";
    for (String statement :
        List.of(
            "CREATE KEYSPACE ks_of_all WITH replication = {'class': 'NetworkTopologyStrategy',"
                + " 'dc1': 1}",
            "CREATE TYPE ks_of_all.inner_t (a int)",
            "CREATE TYPE ks_of_all.a_outer (i frozen<inner_t>)",
            "CREATE TABLE ks_of_all.t (k int PRIMARY KEY, v int, o frozen<a_outer>)",
            "CREATE TABLE ks_of_all.u (k int PRIMARY KEY, v int)",
            "CREATE INDEX i ON ks_of_all.t (v)",
            "CREATE MATERIALIZED VIEW ks_of_all.m AS SELECT k, v FROM ks_of_all.u WHERE k IS NOT"
                + " NULL AND v IS NOT NULL PRIMARY KEY (v, k)",
            plus.formatted("b"),
            sum.formatted("0"))) {
      Awaits.get(session.execute(statement));
      Awaits.get(session.schema());
    }
    Awaits.until("all is heard", Duration.ofSeconds(20), () -> updates.size() == 9);
    updates.clear();
    for (String statement :
        List.of(
            "ALTER TYPE ks_of_all.inner_t ADD b text",
            plus.formatted("b + 1"),
            sum.formatted("7"),
            "ALTER MATERIALIZED VIEW ks_of_all.m WITH comment = 'other'",
            "ALTER KEYSPACE ks_of_all WITH durable_writes = false",
            "DROP KEYSPACE ks_of_all")) {
      Awaits.get(session.execute(statement));
      Awaits.get(session.schema());
    }
    Awaits.until("all is heard", Duration.ofSeconds(20), () -> updates.size() >= 16);
    assertThat(updates)
        .extracting(SchemaUpdatesIT::text)
        .containsExactly(
            "UPDATED UserTypeMetadata a_outer",
            "UPDATED UserTypeMetadata inner_t",
            "UPDATED TableMetadata t",
            "UPDATED FunctionMetadata f",
            "UPDATED AggregateMetadata s",
            "UPDATED ViewMetadata m",
            "UPDATED KeyspaceMetadata ks_of_all",
            "DROPPED ViewMetadata m",
            "DROPPED IndexMetadata i",
            "DROPPED TableMetadata u",
            "DROPPED TableMetadata t",
            "DROPPED AggregateMetadata s",
            "DROPPED FunctionMetadata f",
            "DROPPED UserTypeMetadata inner_t",
            "DROPPED UserTypeMetadata a_outer",
            "DROPPED KeyspaceMetadata ks_of_all");
    for (SchemaUpdate update : updates) {
      boolean dropped = update.change() == SchemaUpdate.Change.DROPPED;
      assertThat(update.before()).isNotNull().isNotEqualTo(update.after());
      assertThat(update.after() == null).as(update.toString()).isEqualTo(dropped);
      assertThat(update.schema().keyspaces().containsKey("ks_of_all")).isEqualTo(!dropped);
    }
    Awaits.get(session.close());
  }

  /** The server names the table only. */
  @Test
  void aViewOfAllColumnsIsReadWithItsTable() {
    CqlSession session = sessions.connect(sessions.options());
    for (String statement :
        List.of(
            "CREATE TABLE wide (k int PRIMARY KEY, v int)",
            "CREATE MATERIALIZED VIEW wide_view AS SELECT * FROM wide WHERE k IS NOT NULL AND v IS"
                + " NOT NULL PRIMARY KEY (v, k)")) {
      Awaits.get(session.execute(statement));
      Awaits.get(session.schema());
    }
    Awaits.get(session.execute("ALTER TABLE wide ADD added text"));
    KeyspaceMetadata here = Awaits.get(session.schema()).keyspace(keyspace);
    assertThat(here.table("wide").column("added").cqlType()).isEqualTo("text");
    assertThat(here.view("wide_view").column("added").cqlType()).isEqualTo("text");
    assertThat(here.table("wide").views().get("wide_view")).isSameAs(here.view("wide_view"));
    Awaits.get(session.execute("DROP MATERIALIZED VIEW wide_view"));
    assertThat(Awaits.get(session.schema()).keyspace(keyspace).table("wide").views()).isEmpty();
    Awaits.get(session.close());
  }

  /** Scenario B6. */
  @Test
  void manyChangesOfOthersAreReadAFewTimes() {
    Duration debounce = Duration.ofMillis(500);
    CqlOptions options = sessions.options();
    options.getMetadata().setSchemaDebounce(debounce);
    CqlSession session = sessions.connect(options);
    Awaits.get(session.schema());
    List<String> heard = new CopyOnWriteArrayList<>();
    session.addSchemaListener(update -> heard.add(update.object().name()));
    long start = System.nanoTime();
    sessions.set(
        "CREATE KEYSPACE ks_storm WITH replication = {'class':"
            + " 'NetworkTopologyStrategy', 'dc1': 1}");
    for (int i = 0; i < 40; i++) {
      sessions.set("CREATE TABLE ks_storm.t" + i + " (k int PRIMARY KEY)");
      sessions.set("DROP TABLE ks_storm.t" + i);
    }
    sessions.set("CREATE TABLE ks_storm.last (k int PRIMARY KEY)");
    Awaits.until("the last is heard", Duration.ofSeconds(20), () -> heard.contains("last"));
    long readings =
        sessions.node().requests("ks_storm").stream()
            .filter(request -> request.cql().startsWith("SELECT * FROM system_schema.tables "))
            .count();
    assertThat(readings)
        .isPositive()
        .isLessThanOrEqualTo((System.nanoTime() - start) / debounce.toNanos() + 1);
    sessions.set("DROP KEYSPACE ks_storm");
    Awaits.get(session.close());
  }

  private static String text(SchemaUpdate update) {
    return "%s %s %s"
        .formatted(
            update.change(), update.object().getClass().getSimpleName(), update.object().name());
  }
}
