package cqloop.netty.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import cqloop.CqlOptions;
import cqloop.CqlSession;
import cqloop.error.AggregateNotFound;
import cqloop.error.ColumnNotFound;
import cqloop.error.FunctionNotFound;
import cqloop.error.IndexNotFound;
import cqloop.error.KeyspaceNotFound;
import cqloop.error.SchemaNotAvailable;
import cqloop.error.TableNotFound;
import cqloop.error.UserTypeNotFound;
import cqloop.error.ViewNotFound;
import cqloop.metadata.ColumnMetadata.ColumnKind;
import cqloop.metadata.KeyspaceMetadata;
import cqloop.metadata.SchemaListener;
import cqloop.metadata.SchemaMetadata;
import cqloop.metadata.SchemaUpdate;
import cqloop.metadata.TableMetadata;
import cqloop.testkit.CassandraCluster;
import cqloop.testkit.junit.CassandraTest;
import cqloop.testkit.junit.TestKeyspace;
import cqloop.type.ListType;
import cqloop.type.MapType;
import cqloop.type.PrimitiveType;
import cqloop.type.UserType;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The schema as a session shows and follows it. */
@CassandraTest
class SchemaIT {

  private static Sessions sessions;
  private static String keyspace;

  @BeforeAll
  static void open(CassandraCluster cluster, @TestKeyspace String name) {
    keyspace = name;
    sessions = new Sessions(cluster, name);
    sessions.set("CREATE TYPE $ks.point (x int, y int)");
    sessions.set(
        "CREATE TABLE $ks.t (a int, b text, c int, s text STATIC, v map<text, frozen<list<int>>>,"
            + " p frozen<point>, PRIMARY KEY ((a, b), c)) WITH CLUSTERING ORDER BY (c DESC)"
            + " AND comment = 'of the test'");
    sessions.set("CREATE INDEX by_c ON $ks.t (c)");
  }

  @AfterAll
  static void close() {
    sessions.close();
  }

  @Test
  void isThereAfterConnecting() {
    CqlSession session = sessions.connect(sessions.options());
    SchemaMetadata schema = Awaits.get(session.schema());
    KeyspaceMetadata here = schema.keyspace(keyspace);
    assertThat(here.isVirtual()).isFalse();
    assertThat(here.isSystem()).isFalse();
    assertThat(schema.keyspace("system").isSystem()).isTrue();
    assertThat(here.replication().get("class")).endsWith("NetworkTopologyStrategy");

    TableMetadata table = here.table("t");
    UserType point =
        new UserType(
            keyspace, "point", List.of("x", "y"), List.of(PrimitiveType.INT, PrimitiveType.INT));
    assertThat(table.comment()).isEqualTo("of the test");
    assertThat(table.id()).isNotNull();
    assertThat(table.columns())
        .extracting(column -> column.name())
        .containsExactly("a", "b", "c", "s", "p", "v");
    assertThat(table.partitionKey()).extracting(column -> column.name()).containsExactly("a", "b");
    assertThat(table.clusteringColumns()).containsExactly(table.column("c"));
    assertThat(table.column("s").kind()).isEqualTo(ColumnKind.STATIC);
    assertThat(table.column("v").type())
        .isEqualTo(new MapType(PrimitiveType.TEXT, new ListType(PrimitiveType.INT)));
    assertThat(table.column("v").cqlType()).isEqualTo("map<text, frozen<list<int>>>");
    assertThat(table.column("v").isFrozen()).isFalse();
    assertThat(table.column("p").type()).isEqualTo(point);
    assertThat(table.column("p").isFrozen()).isTrue();
    assertThat(here.type("point").type()).isEqualTo(point);
    assertThat(here.index("by_c")).isEqualTo(table.index("by_c"));
    assertThat(here.index("by_c").target()).isEqualTo("c");
    Awaits.get(session.close());
  }

  @Test
  void whatIsNotThereIsNamed() {
    CqlSession session = sessions.connect(sessions.options());
    SchemaMetadata schema = Awaits.get(session.schema());
    KeyspaceMetadata here = schema.keyspace(keyspace);
    assertThatExceptionOfType(KeyspaceNotFound.class).isThrownBy(() -> schema.keyspace("x"));
    assertThatExceptionOfType(TableNotFound.class)
        .isThrownBy(() -> here.table("x"))
        .withMessageContaining("x")
        .withMessageContaining(keyspace);
    assertThatExceptionOfType(ViewNotFound.class).isThrownBy(() -> here.view("x"));
    assertThatExceptionOfType(IndexNotFound.class).isThrownBy(() -> here.index("x"));
    assertThatExceptionOfType(IndexNotFound.class).isThrownBy(() -> here.table("t").index("x"));
    assertThatExceptionOfType(UserTypeNotFound.class).isThrownBy(() -> here.type("x"));
    assertThatExceptionOfType(FunctionNotFound.class)
        .isThrownBy(() -> here.function("x", "int"))
        .withMessageContaining("x(int)");
    assertThatExceptionOfType(AggregateNotFound.class).isThrownBy(() -> here.aggregate("x"));
    assertThatExceptionOfType(ColumnNotFound.class)
        .isThrownBy(() -> here.table("t").column("A"))
        .withMessageContaining("A");
    Awaits.get(session.close());
  }

  @Test
  void ownChangesAreThereAtOnceAndHeardInOrder() {
    CqlSession session = sessions.connect(sessions.options());
    SchemaMetadata before = Awaits.get(session.schema());
    List<String> heard = new CopyOnWriteArrayList<>();
    session.addSchemaListener(
        update -> {
          if (update.object().keyspace().equals(keyspace)) {
            heard.add(text(update));
          }
        });
    List<String> statements =
        List.of(
            "CREATE TYPE own_type (a int)",
            "CREATE TABLE own (k int PRIMARY KEY, v int, w text)",
            "CREATE INDEX own_index ON own (v)",
            "ALTER TABLE own ADD x own_type",
            "CREATE FUNCTION own_plus(a int, b int) CALLED ON NULL INPUT RETURNS int"
                + " LANGUAGE java AS 'return a + b;'",
            "CREATE AGGREGATE own_sum(int) SFUNC own_plus STYPE int INITCOND 0",
            "CREATE MATERIALIZED VIEW own_view AS SELECT * FROM own WHERE k IS NOT NULL"
                + " AND v IS NOT NULL PRIMARY KEY (v, k)",
            "ALTER TABLE own WITH comment = 'new'",
            "DROP MATERIALIZED VIEW own_view",
            "DROP AGGREGATE own_sum",
            "DROP FUNCTION own_plus",
            "DROP INDEX own_index",
            "DROP TABLE own",
            "DROP TYPE own_type");
    long version = before.version();
    for (String statement : statements) {
      Awaits.get(session.execute(statement));
      SchemaMetadata after = Awaits.get(session.schema());
      assertThat(after.version()).as(statement).isGreaterThan(version);
      version = after.version();
      if (statement.startsWith("CREATE AGGREGATE")) {
        KeyspaceMetadata here = after.keyspace(keyspace);
        assertThat(here.function("own_plus", "int", "int").body()).isEqualTo("return a + b;");
        assertThat(here.aggregate("own_sum", "int").initialCondition()).isEqualTo("0");
        assertThat(here.table("own").column("x").type()).isEqualTo(here.type("own_type").type());
      }
    }
    assertThat(before.keyspace(keyspace).tables())
        .as("old snapshots stay")
        .doesNotContainKey("own");
    Awaits.until("all is heard", Duration.ofSeconds(5), () -> heard.size() >= 14);
    assertThat(heard)
        .containsExactly(
            "CREATED UserTypeMetadata own_type",
            "CREATED TableMetadata own",
            "CREATED IndexMetadata own_index",
            "UPDATED TableMetadata own",
            "CREATED FunctionMetadata own_plus",
            "CREATED AggregateMetadata own_sum",
            "CREATED ViewMetadata own_view",
            "UPDATED TableMetadata own",
            "DROPPED ViewMetadata own_view",
            "DROPPED AggregateMetadata own_sum",
            "DROPPED FunctionMetadata own_plus",
            "DROPPED IndexMetadata own_index",
            "DROPPED TableMetadata own",
            "DROPPED UserTypeMetadata own_type");
    Awaits.get(session.close());
  }

  @Test
  void changesOfOthersAreHeardOnTheContextOfTheListener() {
    CqlOptions options = sessions.options();
    options.getMetadata().setSchemaDebounce(Duration.ofMillis(50));
    CqlSession session = sessions.connect(options);
    Awaits.get(session.schema());
    Context context = sessions.vertx().getOrCreateContext();
    List<String> heard = new CopyOnWriteArrayList<>();
    List<Context> contexts = new CopyOnWriteArrayList<>();
    SchemaListener listener =
        update -> {
          if (update.object().keyspace().equals("ks_of_others")) {
            heard.add(text(update));
            contexts.add(Vertx.currentContext());
          }
        };
    Awaits.get(onContext(context, () -> session.addSchemaListener(listener)));

    sessions.set(
        "CREATE KEYSPACE ks_of_others WITH replication = {'class':"
            + " 'NetworkTopologyStrategy', 'dc1': 1}");
    await(heard, "CREATED KeyspaceMetadata ks_of_others");
    sessions.set("CREATE TABLE ks_of_others.t (k int PRIMARY KEY)");
    await(heard, "CREATED TableMetadata t");
    sessions.set("ALTER KEYSPACE ks_of_others WITH durable_writes = false");
    await(heard, "UPDATED KeyspaceMetadata ks_of_others");
    sessions.set("DROP KEYSPACE ks_of_others");
    await(heard, "DROPPED KeyspaceMetadata ks_of_others");

    assertThat(heard)
        .containsExactly(
            "CREATED KeyspaceMetadata ks_of_others",
            "CREATED TableMetadata t",
            "UPDATED KeyspaceMetadata ks_of_others",
            "DROPPED TableMetadata t",
            "DROPPED KeyspaceMetadata ks_of_others");
    assertThat(contexts).containsOnly(context);
    Awaits.get(session.close());
  }

  @Test
  void onlyIncludedKeyspacesAreFollowed() {
    CqlOptions options = sessions.options();
    options
        .getMetadata()
        .setIncludeKeyspaces(List.of("ks_schemait_*", "system"))
        .setExcludeKeyspaces(List.of("sys?em"));
    CqlSession session = sessions.connect(options);
    assertThat(Awaits.get(session.schema()).keyspaces()).containsOnlyKeys(keyspace);
    sessions.set(
        "CREATE KEYSPACE ks_not_followed WITH replication = {'class':"
            + " 'NetworkTopologyStrategy', 'dc1': 1}");
    assertThat(Awaits.get(session.refreshSchema()).keyspaces()).containsOnlyKeys(keyspace);
    sessions.set("DROP KEYSPACE ks_not_followed");
    Awaits.get(session.close());
  }

  @Test
  void refreshWithoutAChangeKeepsTheSnapshot() {
    CqlSession session = sessions.connect(sessions.options());
    SchemaMetadata first = Awaits.get(session.schema());
    assertThat(Awaits.get(session.refreshSchema())).isSameAs(first);
    assertThat(Awaits.get(session.schema())).isSameAs(first);
    Awaits.get(session.close());
  }

  @Test
  void failsWhenItIsSwitchedOff() {
    CqlOptions options = sessions.options();
    options.getMetadata().setUseSchema(false);
    CqlSession session = sessions.connect(options);
    assertThat(Awaits.failure(SchemaNotAvailable.class, session.schema()))
        .hasMessageContaining("metadata.useSchema");
    Awaits.failure(SchemaNotAvailable.class, session.refreshSchema());
    Awaits.get(session.close());
    Awaits.failure(SchemaNotAvailable.class, session.schema());
  }

  private static void await(List<String> heard, String what) {
    Awaits.until(what, Duration.ofSeconds(10), () -> heard.contains(what));
  }

  private static String text(SchemaUpdate update) {
    return update.change()
        + " "
        + update.object().getClass().getSimpleName()
        + " "
        + update.object().name();
  }

  private static Future<Void> onContext(Context context, Runnable task) {
    Promise<Void> done = Promise.promise();
    context.runOnContext(
        nothing -> {
          task.run();
          done.complete();
        });
    return done.future();
  }
}
