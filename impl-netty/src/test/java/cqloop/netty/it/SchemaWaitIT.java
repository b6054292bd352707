package cqloop.netty.it;

import static cqloop.testkit.fake.Conditions.cqlContains;
import static cqloop.testkit.fake.Conditions.cqlPrefix;
import static cqloop.testkit.fake.Replies.rows;
import static org.assertj.core.api.Assertions.assertThat;

import cqloop.CqlOptions;
import cqloop.CqlSession;
import cqloop.RowSet;
import cqloop.SimpleStatement;
import cqloop.testkit.fake.Condition;
import cqloop.testkit.fake.Errors;
import cqloop.testkit.fake.FakeCluster;
import cqloop.testkit.fake.FakeClusterOptions;
import cqloop.testkit.fake.FakeNode;
import cqloop.testkit.fake.Reactions;
import cqloop.testkit.fake.Replies;
import cqloop.testkit.fake.Reply;
import cqloop.testkit.fake.WireType;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Scenario B7: how long a change of the schema waits until the nodes agree, and which of them. */
class SchemaWaitIT {

  private static final String DDL = "CREATE TABLE ks.t (k int PRIMARY KEY)";
  private static final Reply CREATED = Replies.schemaChange("CREATED", "TABLE", "ks", "t");
  private static final UUID OTHER = new UUID(0, 8);
  private static final Condition LOCAL =
      cqlPrefix("SELECT host_id, schema_version FROM system.local");

  /** Longer than a test waits for anything: who waits until then fails. */
  private static final Duration LONG = Duration.ofSeconds(60);

  private final Vertx vertx = Vertx.vertx();
  private FakeCluster cluster;
  private FakeNode coordinator;

  @BeforeEach
  void start() {
    cluster =
        Awaits.get(FakeCluster.start(vertx, new FakeClusterOptions().addDatacenter("dc1", 2, 1)));
    coordinator = cluster.node(0);
  }

  @AfterEach
  void close() {
    Awaits.get(vertx.close());
  }

  @Test
  void endsAtItsLimitAndTellsThatTheNodesDisagree() {
    CqlSession session = connect(Duration.ofMillis(500));
    setPeerVersion(OTHER);
    long start = System.nanoTime();
    RowSet done = Awaits.get(change(session));

    assertThat(done.executionInfo().schemaInAgreement()).isFalse();
    assertThat(millisSince(start)).isBetween(490L, 3000L);
    assertThat(coordinator.requests(LOCAL)).as("asked again and again").hasSizeGreaterThan(2);
  }

  @Test
  void endsAtItsLimitWhenTheNodeSaysNothing() {
    CqlSession session = connect(Duration.ofMillis(500));
    setPeerVersion(coordinator.schemaVersion());
    coordinator.when(LOCAL).react(Reactions.drop());
    long start = System.nanoTime();
    RowSet done = Awaits.get(change(session));

    assertThat(done.executionInfo().schemaInAgreement()).isFalse();
    assertThat(millisSince(start)).isBetween(490L, 3000L);
  }

  @Test
  void endsAsSoonAsTheNodesAgree() {
    CqlSession session = connect(Duration.ofSeconds(20));
    setPeerVersion(OTHER);
    Future<RowSet> done = change(session);
    Awaits.until(
        "the driver asked twice",
        Duration.ofSeconds(10),
        () -> coordinator.requests(LOCAL).size() >= 2);
    assertThat(done.isComplete()).isFalse();
    long start = System.nanoTime();
    setPeerVersion(coordinator.schemaVersion());

    assertThat(Awaits.get(done).executionInfo().schemaInAgreement()).isTrue();
    assertThat(millisSince(start)).isLessThan(5000);
  }

  @Test
  void outlivesTheLossOfTheConnectionThatAsks() {
    CqlSession session = connect(LONG);
    setPeerVersion(OTHER);
    Future<RowSet> done = change(session);
    Awaits.get(coordinator.awaitRequest(LOCAL));
    Awaits.get(coordinator.stop());

    assertThat(Awaits.get(done).executionInfo().schemaInAgreement()).isTrue();
    assertThat(cluster.node(1).requests(LOCAL)).isNotEmpty();
  }

  @Test
  void anotherNodeIsAskedWhenTheFirstRefuses() {
    CqlSession session = connect(LONG);
    setPeerVersion(coordinator.schemaVersion());
    coordinator.when(LOCAL).reply(Errors.error(Errors.OVERLOADED, "not now"));
    RowSet done = Awaits.get(change(session));

    assertThat(done.executionInfo().schemaInAgreement()).isTrue();
    assertThat(coordinator.requests(LOCAL)).hasSize(1);
  }

  @Test
  void doesNotWaitForANodeThatIsLostMeanwhile() {
    CqlSession session = connect(LONG);
    setPeerVersion(OTHER);
    Future<RowSet> done = change(session);
    Awaits.get(coordinator.awaitRequest(LOCAL));
    assertThat(done.isComplete()).isFalse();
    Awaits.get(cluster.node(1).stop());

    assertThat(Awaits.get(done).executionInfo().schemaInAgreement()).isTrue();
  }

  @Test
  void rowsThatNameNoNodeDoNotCount() {
    CqlSession session = connect(LONG);
    answer(
        rows()
            .table("system", "peers_v2")
            .column("host_id", WireType.BLOB)
            .column("schema_version", WireType.UUID)
            .row(uuid(new UUID(7, 7)), OTHER)
            .row(null, OTHER)
            .row(new byte[] {1}, OTHER)
            .row(uuid(cluster.node(1).info().hostId()), null));

    assertThat(Awaits.get(change(session)).executionInfo().schemaInAgreement()).isTrue();
  }

  @Test
  void readsNoTokens() {
    CqlSession session = connect(LONG);
    setPeerVersion(coordinator.schemaVersion());
    Awaits.get(change(session));
    assertThat(coordinator.requests(cqlContains("FROM system.peers_v2")))
        .isNotEmpty()
        .allSatisfy(
            request -> assertThat(request.cql()).startsWith("SELECT host_id, schema_version FROM"));
  }

  @Test
  void sessionThatClosesDoesNotWait() {
    CqlSession session = connect(LONG);
    setPeerVersion(OTHER);
    Future<RowSet> done = change(session);
    Awaits.get(coordinator.awaitRequest(LOCAL));
    Awaits.get(coordinator.stop());
    Awaits.get(cluster.node(1).stop());
    long start = System.nanoTime();
    session.close();

    Awaits.outcome(done);
    assertThat(millisSince(start)).isLessThan(LONG.toMillis() / 2);
  }

  @Test
  void doesNotWaitAtAllWhenTheLimitIsZero() {
    CqlSession session = connect(Duration.ZERO);
    setPeerVersion(OTHER);
    RowSet done = Awaits.get(change(session));

    assertThat(done.executionInfo().schemaInAgreement()).isFalse();
    assertThat(coordinator.requests(LOCAL)).hasSizeLessThan(2);
  }

  private CqlSession connect(Duration maxSchemaWait) {
    CqlOptions options = Fakes.options(coordinator, cluster.node(1)).setLocalDatacenter("dc1");
    options.getConnection().setRandomizeContactPoints(false);
    options.getMetadata().setMaxSchemaWait(maxSchemaWait);
    CqlSession session = Awaits.get(CqlSession.connect(vertx, options));
    Awaits.until(
        "both nodes are known",
        Duration.ofSeconds(10),
        () ->
            session.topology().nodes().stream().filter(node -> node.hostId() != null).count() == 2);
    return session;
  }

  /** From now on the coordinator says of its peer that it has this version. */
  private void setPeerVersion(UUID version) {
    answer(
        rows()
            .table("system", "peers_v2")
            .column("host_id", WireType.UUID)
            .column("schema_version", WireType.UUID)
            .row(cluster.node(1).info().hostId(), version));
  }

  private void answer(Reply peers) {
    coordinator.clearRules();
    coordinator.when(cqlPrefix("CREATE")).reply(CREATED);
    coordinator.when(cqlPrefix("SELECT host_id, schema_version FROM system.peers_v2")).reply(peers);
    coordinator.clearRequests();
  }

  private static byte[] uuid(UUID id) {
    return ByteBuffer.allocate(16)
        .putLong(id.getMostSignificantBits())
        .putLong(id.getLeastSignificantBits())
        .array();
  }

  private Future<RowSet> change(CqlSession session) {
    return session.execute(SimpleStatement.of(DDL).withNode(Fakes.endpoint(coordinator)));
  }

  private static long millisSince(long startNanos) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNanos);
  }
}
