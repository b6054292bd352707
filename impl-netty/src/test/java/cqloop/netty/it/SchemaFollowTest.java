package cqloop.netty.it;

import static cqloop.testkit.fake.Conditions.cqlContains;
import static cqloop.testkit.fake.Conditions.where;
import static org.assertj.core.api.Assertions.assertThat;

import cqloop.CqlOptions;
import cqloop.CqlSession;
import cqloop.metadata.KeyspaceMetadata;
import cqloop.metadata.SchemaMetadata;
import cqloop.testkit.fake.Condition;
import cqloop.testkit.fake.Errors;
import cqloop.testkit.fake.FakeNode;
import cqloop.testkit.fake.FakeNodeOptions;
import cqloop.testkit.fake.Replies;
import cqloop.testkit.fake.Request;
import cqloop.testkit.fake.WireType;
import cqloop.type.PrimitiveType;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Scenarios B6, B8 and B9: what is read of the schema when much changes, or much is there. */
class SchemaFollowTest {

  private static final Duration DEBOUNCE = Duration.ofMillis(50);
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Condition KEYSPACES = cqlContains("SELECT * FROM system_schema.keyspaces");
  private static final Condition TABLES = cqlContains("SELECT * FROM system_schema.tables");
  private static final Condition ANY_PART = cqlContains("SELECT * FROM system_");

  private final Fakes fakes = new Fakes();
  private final Vertx vertx = Vertx.vertx();
  private final FakeSchema schema = new FakeSchema();
  private final List<String> heard = new CopyOnWriteArrayList<>();

  @AfterEach
  void close() {
    Awaits.get(vertx.close());
    fakes.close();
  }

  /** Scenario B9. */
  @Test
  void tenThousandTablesAreReadInPages() {
    FakeNode node = fakes.start();
    for (int i = 0; i < 49; i++) {
      schema.with("ks" + i, names(100));
    }
    schema.with("large", names(5100)).tell(node);
    CqlSession session = connect(node);
    SchemaMetadata before = Awaits.get(session.schema());
    assertThat(before.keyspaces()).hasSize(50);
    assertThat(before.keyspace("ks48").tables()).hasSize(100);
    assertThat(before.keyspace("large").tables()).hasSize(5100);
    assertThat(before.keyspace("large").table("t5099").comment()).isEqualTo("of large");
    assertThat(node.requests(TABLES))
        .as("pages of 1000 rows")
        .hasSizeBetween(10, 11)
        .allSatisfy(request -> assertThat(request.parameters().pageSize()).isEqualTo(1000));

    assertThat(Awaits.get(session.refreshSchema())).as("nothing changed").isSameAs(before);

    schema.with("large", List.of("t1")).tell(renewed(node));
    SchemaMetadata after = Awaits.get(session.refreshSchema());
    Awaits.until("all drops are heard", LONG, () -> heard.size() == 5099);
    assertThat(heard.get(0)).as("the last one first").isEqualTo("DROPPED t999");
    assertThat(after.keyspace("large").table("t1")).isSameAs(before.keyspace("large").table("t1"));
    assertThat(after.keyspace("ks0")).isSameAs(before.keyspace("ks0"));
  }

  /** Scenario B9: the limit of a ScyllaDB node may be tighter than what its schema takes. */
  @Test
  void aServerWithShardsIsAskedToTakeTheTimeThatIsWaitedForIt() {
    FakeNode node = fakes.start(new FakeNodeOptions().setShards(2));
    schema.with("a", names(1)).tell(node);
    CqlSession session = connect(node);
    assertThat(Awaits.get(session.schema()).keyspace("a").tables()).hasSize(1);
    assertThat(node.requests(ANY_PART))
        .isNotEmpty()
        .allSatisfy(request -> assertThat(request.cql()).endsWith(" USING TIMEOUT 5000ms"));
  }

  /** ScyllaDB before 4.4. */
  @Test
  void aServerThatDoesNotKnowTheClauseIsAskedWithoutIt() {
    FakeNode node = fakes.start(new FakeNodeOptions().setShards(2));
    node.when(cqlContains("USING TIMEOUT"))
        .reply(Errors.error(Errors.SYNTAX_ERROR, "no viable alternative at input 'TIMEOUT'"));
    schema.with("a", names(1)).tell(node);
    CqlSession session = connect(node);
    assertThat(Awaits.get(session.schema()).keyspace("a").tables()).hasSize(1);
  }

  @Test
  void anEventReadsItsKeyspaceOnly() {
    FakeNode node = fakes.start();
    schema.with("a", names(1)).with("b", names(1)).tell(node);
    CqlSession session = connect(node);
    SchemaMetadata before = Awaits.get(session.schema());

    schema.with("a", names(2)).with("b", names(2)).tell(renewed(node));
    Awaits.get(node.pushEvent(Replies.schemaEvent("UPDATED", "KEYSPACE", "a")));
    await("CREATED t1");

    SchemaMetadata after = Awaits.get(session.schema());
    assertThat(after.keyspace("a").tables()).containsOnlyKeys("t0", "t1");
    assertThat(after.keyspace("b")).isSameAs(before.keyspace("b"));
    assertThat(node.requests(ANY_PART))
        .isNotEmpty()
        .allSatisfy(request -> assertThat(request.cql()).endsWith(" WHERE keyspace_name = 'a'"));
  }

  @Test
  void anEventOfATableReadsThatTableOnly() {
    FakeNode node = fakes.start();
    schema.with("a", names(3)).tell(node);
    CqlSession session = connect(node);
    KeyspaceMetadata before = Awaits.get(session.schema()).keyspace("a");

    schema.with("a", List.of("t0", "t2", "t3")).withValueType("int").tell(renewed(node));
    Awaits.get(node.pushEvent(Replies.schemaEvent("CREATED", "TABLE", "a", "t3")));
    Awaits.get(node.pushEvent(Replies.schemaEvent("DROPPED", "TABLE", "a", "t1")));
    await("CREATED t3");
    await("DROPPED t1");

    KeyspaceMetadata after = Awaits.get(session.schema()).keyspace("a");
    assertThat(after.tables()).containsOnlyKeys("t0", "t2", "t3");
    assertThat(after.table("t2")).as("not read").isSameAs(before.table("t2"));
    assertThat(after.table("t3").column("v").type()).isEqualTo(PrimitiveType.INT);
    assertThat(node.requests(TABLES))
        .isNotEmpty()
        .allSatisfy(
            request ->
                assertThat(request.cql())
                    .contains(" WHERE keyspace_name = 'a' AND table_name")
                    .doesNotContain("t0"));
    assertThat(node.requests(cqlContains("system_schema.types"))).isEmpty();
  }

  /** The event of the type was lost. */
  @Test
  void aTableOfATypeThatIsNotKnownHasItsKeyspaceRead() {
    FakeNode node = fakes.start();
    schema.with("a", names(2)).tell(node);
    CqlSession session = connect(node);
    Awaits.get(session.schema());

    schema.withValueType("frozen<point>").tell(renewed(node));
    node.when(cqlContains("system_schema.types"))
        .reply(
            Replies.rows()
                .column("keyspace_name", WireType.TEXT)
                .column("type_name", WireType.TEXT)
                .column("field_names", WireType.list(WireType.TEXT))
                .column("field_types", WireType.list(WireType.TEXT))
                .row("a", "point", List.of("x"), List.of("int")));
    Awaits.get(node.pushEvent(Replies.schemaEvent("UPDATED", "TABLE", "a", "t1")));
    await("CREATED point");
    await("UPDATED t1");

    KeyspaceMetadata after = Awaits.get(session.schema()).keyspace("a");
    assertThat(after.table("t0").column("v").type()).isEqualTo(after.type("point").type());
    assertThat(after.table("t1").column("v").type()).isEqualTo(after.type("point").type());
  }

  @Test
  void aChangeWithoutItsEventIsFoundByTheVersion() {
    FakeNode node = fakes.start();
    schema.with("a", names(1)).tell(node);
    CqlSession session = connect(node);
    Awaits.get(session.schema());

    schema.with("a", names(2)).tell(renewed(node));
    node.setSchemaVersion(UUID.randomUUID());
    Awaits.get(node.closeConnections());

    await("CREATED t1");
    assertThat(node.requests(KEYSPACES)).hasSize(1);
    assertThat(Awaits.get(session.schema()).keyspace("a").tables()).containsKey("t1");
  }

  @Test
  void aNewControlConnectionReadsNothingWhenTheVersionIsTheSame() {
    FakeNode node = fakes.start();
    schema.with("a", names(1)).tell(node);
    CqlSession session = connect(node);
    SchemaMetadata before = Awaits.get(session.schema());

    schema.tell(renewed(node));
    Awaits.get(node.closeConnections());
    Awaits.until(
        "the version is asked for",
        LONG,
        () -> !node.requests(cqlContains("SELECT schema_version FROM system.local")).isEmpty());
    // A later reading shows that none came before it.
    schema.with("a", names(2)).tell(node);
    Awaits.until(
        "an event arrives",
        LONG,
        () -> {
          Awaits.get(node.pushEvent(Replies.schemaEvent("CREATED", "TABLE", "b", "t")));
          return !node.requests(KEYSPACES).isEmpty();
        });
    assertThat(node.requests(KEYSPACES).get(0).cql()).endsWith("= 'b'");
    assertThat(Awaits.get(session.schema())).isSameAs(before);
  }

  /** Scenario B6. */
  @Test
  void aStormOfChangesIsReadNowAndThenAndOneAtATime() {
    FakeNode node = fakes.start();
    schema.with("a", names(1)).tell(node);
    CqlSession session = connect(node);
    Awaits.get(session.schema());
    schema.with("a", names(2)).tell(renewed(node));

    long startNanos = System.nanoTime();
    for (int i = 0; i < 1000; i++) {
      node.pushEvent(Replies.schemaEvent("CREATED", "TABLE", "a", "t" + i));
      node.pushEvent(Replies.schemaEvent("CREATED", "KEYSPACE", "ks" + i));
    }
    Awaits.get(node.pushEvent(Replies.schemaEvent("UPDATED", "KEYSPACE", "a")));
    await("CREATED t1");
    SchemaMetadata after = Awaits.get(session.schema());
    List<Request> asked = node.requests(where(each -> isPart(each, "keyspaces", "tables")));
    long tookNanos = System.nanoTime() - startNanos;

    assertThat(after.keyspace("a").tables()).hasSize(2);
    long readings = node.requests(KEYSPACES).size();
    // One at the end of each gathering, and one that was asked for.
    assertThat(readings).isLessThanOrEqualTo(tookNanos / DEBOUNCE.toNanos() + 2);
    for (int i = 1; i < asked.size(); i++) {
      boolean wasKeyspaces = isPart(asked.get(i - 1), "keyspaces");
      assertThat(isPart(asked.get(i), "keyspaces"))
          .as("a reading begins after the one before it")
          .isNotEqualTo(wasKeyspaces);
    }
  }

  /** Scenario B8. */
  @Test
  void aReadingThatFailedIsTriedAgain() {
    FakeNode node = fakes.start();
    schema.with("a", names(1)).tell(node);
    CqlSession session = connect(node);
    Awaits.get(session.schema());

    renewed(node).when(TABLES).once().reply(Errors.error(Errors.OVERLOADED, "not now"));
    schema.with("a", names(2)).tell(node);
    Awaits.get(node.pushEvent(Replies.schemaEvent("CREATED", "TABLE", "a", "t1")));
    await("CREATED t1");
    assertThat(node.requests(KEYSPACES)).hasSize(2);
    assertThat(Awaits.get(session.schema()).keyspace("a").tables()).containsKey("t1");
  }

  private CqlSession connect(FakeNode node) {
    CqlOptions options = Fakes.options(node);
    options.getMetadata().setSchemaDebounce(DEBOUNCE);
    CqlSession session = Awaits.get(CqlSession.connect(vertx, options));
    session.addSchemaListener(update -> heard.add(update.change() + " " + update.object().name()));
    return session;
  }

  private static FakeNode renewed(FakeNode node) {
    node.clearRules();
    node.clearRequests();
    return node;
  }

  private void await(String what) {
    Awaits.until(what, LONG, () -> heard.contains(what));
  }

  private static boolean isPart(Request request, String... tables) {
    String cql = request.cql();
    return cql != null
        && List.of(tables).stream()
            .anyMatch(table -> cql.contains("SELECT * FROM system_schema." + table));
  }

  private static List<String> names(int count) {
    return IntStream.range(0, count).mapToObj(i -> "t" + i).toList();
  }
}
