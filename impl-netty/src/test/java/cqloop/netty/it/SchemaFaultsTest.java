package cqloop.netty.it;

import static cqloop.testkit.fake.Conditions.cqlContains;
import static org.assertj.core.api.Assertions.assertThat;

import cqloop.CqlSession;
import cqloop.error.CqlException;
import cqloop.metadata.KeyspaceMetadata;
import cqloop.metadata.SchemaMetadata;
import cqloop.testkit.fake.Errors;
import cqloop.testkit.fake.FakeNode;
import cqloop.testkit.fake.Replies;
import cqloop.testkit.fake.RowsReply;
import cqloop.testkit.fake.WireType;
import cqloop.type.CustomType;
import io.vertx.core.Vertx;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Scenario B8: a server that refuses a part of the schema, or tells nonsense. */
class SchemaFaultsTest {

  private final Fakes fakes = new Fakes();
  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void close() {
    Awaits.get(vertx.close());
    fakes.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT schema_version",
        "system_schema.keyspaces",
        "system_schema.tables",
        "system_schema.columns",
        "system_schema.types",
        "system_schema.functions",
        "system_schema.aggregates",
        "system_schema.views",
        "system_schema.indexes",
        "system_schema.column_masks",
        "system_virtual_schema.keyspaces",
        "system_virtual_schema.tables",
        "system_virtual_schema.columns"
      })
  void oldSnapshotStaysWhenAReadingFails(String part) {
    FakeNode node = fakes.start();
    tell(node);
    CqlSession session = Awaits.get(CqlSession.connect(vertx, Fakes.options(node)));
    SchemaMetadata before = Awaits.get(session.schema());
    assertThat(before.keyspace("ks").tables()).containsKey("good");

    node.clearRules();
    node.when(cqlContains(part)).reply(Errors.error(Errors.OVERLOADED, "not now"));
    tell(node);
    Awaits.failure(CqlException.class, session.refreshSchema());
    assertThat(Awaits.get(session.schema())).isSameAs(before);

    node.clearRules();
    tell(node);
    assertThat(Awaits.get(session.refreshSchema())).isSameAs(before);
  }

  @Test
  void nonsenseCostsItsOwnObjectsOnly() {
    FakeNode node = fakes.start();
    tell(node);
    CqlSession session = Awaits.get(CqlSession.connect(vertx, Fakes.options(node)));
    KeyspaceMetadata keyspace = Awaits.get(session.schema()).keyspace("ks");

    assertThat(keyspace.tables()).containsOnlyKeys("good");
    assertThat(keyspace.table("good").column("odd").type())
        .isEqualTo(new CustomType("list<nothing"));
    assertThat(keyspace.types()).containsOnlyKeys("ring");
    assertThat(keyspace.type("ring").type().fieldTypes())
        .containsExactly(new CustomType("frozen<ring>"));
    assertThat(keyspace.functions()).isEmpty();
  }

  /** Servers before 5.0 store them so, and do not take them so. */
  @Test
  void firstStatesGetTheQuotesThatServersLeaveOut() {
    FakeNode node = fakes.start();
    tell(node);
    WireType texts = WireType.list(WireType.TEXT);
    RowsReply rows =
        Replies.rows()
            .column("keyspace_name", WireType.TEXT)
            .column("aggregate_name", WireType.TEXT)
            .column("argument_types", texts)
            .column("state_func", WireType.TEXT)
            .column("state_type", WireType.TEXT)
            .column("initcond", WireType.TEXT);
    rows.row("ks", "a", List.of("int"), "f", "date", "2020-02-03");
    rows.row("ks", "b", List.of("int"), "f", "text", "'it is'");
    rows.row("ks", "c", List.of("int"), "f", "inet", null);
    rows.row("ks", "d", List.of("int"), "f", "time", "null");
    rows.row("ks", "e", List.of("int"), "f", "int", "7");
    node.when(cqlContains("system_schema.aggregates")).reply(rows);
    CqlSession session = Awaits.get(CqlSession.connect(vertx, Fakes.options(node)));

    assertThat(Awaits.get(session.schema()).keyspace("ks").aggregates().values())
        .extracting(aggregate -> aggregate.initialCondition())
        .containsExactly("'2020-02-03'", "'it is'", null, "null", "7");
  }

  /** A schema of two pages of columns, with rows that no server sends. */
  private static void tell(FakeNode node) {
    WireType texts = WireType.list(WireType.TEXT);
    node.when(cqlContains("system_schema.keyspaces"))
        .reply(
            Replies.rows()
                .column("keyspace_name", WireType.TEXT)
                .column("durable_writes", WireType.BOOLEAN)
                .column("replication", WireType.map(WireType.TEXT, WireType.TEXT))
                .row("ks", null, null)
                .row(null, true, null));
    node.when(cqlContains("system_schema.tables"))
        .reply(
            Replies.rows()
                .column("keyspace_name", WireType.TEXT)
                .column("table_name", WireType.TEXT)
                .column("from_the_future", WireType.TIMESTAMP)
                .row("ks", "good", null)
                .row("ks", "without_columns", null)
                .row("ks", null, null)
                .row("other", "good", null)
                .row(null, null, null));
    node.when(cqlContains("system_schema.columns"))
        .answer(
            request ->
                request.parameters().pagingState() == null
                    ? columns("k", "int").pagingState((byte) 1)
                    : columns("odd", "list<nothing"));
    node.when(cqlContains("system_schema.types"))
        .reply(
            Replies.rows()
                .column("keyspace_name", WireType.TEXT)
                .column("type_name", WireType.TEXT)
                .column("field_names", texts)
                .column("field_types", texts)
                .row("ks", "ring", List.of("a"), List.of("frozen<ring>"))
                .row("ks", "uneven", List.of("a", "b"), List.of("int")));
    node.when(cqlContains("system_schema.functions"))
        .reply(
            Replies.rows()
                .column("keyspace_name", WireType.TEXT)
                .column("function_name", WireType.TEXT)
                .column("argument_types", texts)
                .row("ks", "uneven", List.of("int")));
  }

  private static RowsReply columns(String name, String type) {
    return Replies.rows()
        .column("keyspace_name", WireType.TEXT)
        .column("table_name", WireType.TEXT)
        .column("column_name", WireType.TEXT)
        .column("kind", WireType.TEXT)
        .column("type", WireType.TEXT)
        .row("ks", "good", name, name.equals("k") ? "partition_key" : "regular", type);
  }
}
