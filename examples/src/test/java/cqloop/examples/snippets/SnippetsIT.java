package cqloop.examples.snippets;

import static org.assertj.core.api.Assertions.assertThat;

import cqloop.CqlOptions;
import cqloop.CqlSession;
import cqloop.Row;
import cqloop.testkit.CassandraCluster;
import cqloop.testkit.CassandraNode;
import cqloop.testkit.RecordingMetrics;
import cqloop.testkit.RecordingTracer;
import cqloop.testkit.junit.CassandraTest;
import cqloop.testkit.junit.TestKeyspace;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Runs the Java blocks of the documentation against a real node. */
@CassandraTest
class SnippetsIT {
  private static final LocalDate DAY = LocalDate.of(2026, 1, 1);
  private static final int LINES = 1_200;

  private static Vertx vertx;
  private static CqlSession session;
  private static String contactPoint;
  private static String keyspace;

  @BeforeAll
  static void fill(CassandraCluster cluster, @TestKeyspace String name) throws Exception {
    contactPoint = cluster.contactPoints().get(0);
    keyspace = name;
    CassandraNode node = cluster.node(0);
    node.execute(
        "CREATE TABLE " + name + ".orders (id uuid PRIMARY KEY, total decimal, currency text)");
    node.execute(
        "CREATE TABLE " + name + ".order_lines (id uuid, n int, item text, PRIMARY KEY (id, n))");
    node.execute("CREATE TABLE " + name + ".products (name text PRIMARY KEY)");
    node.execute(
        "CREATE TABLE " + name + ".lines (day date, n int, line text, PRIMARY KEY (day, n))");
    vertx = Vertx.vertx();
    session = await(CqlSession.connect(vertx, Connecting.withReports(options())));
    var line = await(session.prepare("INSERT INTO lines (day, n, line) VALUES (?, ?, ?)"));
    List<Future<?>> writes = new ArrayList<>();
    for (int i = 0; i < LINES; i++) {
      writes.add(session.execute(line.bind(DAY, i, "line " + i)));
    }
    for (int i = 0; i < 250; i++) {
      writes.add(session.execute("INSERT INTO products (name) VALUES (?)", "product " + i));
    }
    await(Future.all(writes));
  }

  @AfterAll
  static void close() throws Exception {
    await(session.close());
    await(vertx.close());
  }

  @Test
  void theReadmeExampleReadsTheVersion() throws Exception {
    assertThat(await(Quickstart.version(vertx, contactPoint))).matches("\\d+\\.\\d+.*");
  }

  @Test
  void connectsWithAVerticleAndClosesWithIt() throws Exception {
    Orders verticle = new Orders();
    String id =
        await(
            vertx.deployVerticle(
                verticle,
                new DeploymentOptions()
                    .setConfig(
                        new JsonObject()
                            .put("contactPoint", contactPoint)
                            .put("keyspace", keyspace)
                            .put("password", "not asked for"))));
    CqlSession ofVerticle = verticle.session();
    assertThat(await(Requests.query(ofVerticle))).isNotEmpty();

    await(vertx.undeploy(id));

    assertThat(failure(Requests.query(ofVerticle))).isInstanceOf(cqloop.error.SessionClosed.class);
  }

  @Test
  void executesTextPreparedAndBatch() throws Exception {
    UUID id = UUID.randomUUID();
    var order = await(session.prepare("INSERT INTO orders (id, currency) VALUES (?, ?)"));
    var line = await(session.prepare("INSERT INTO order_lines (id, n, item) VALUES (?, ?, ?)"));

    assertThat(await(Requests.query(session))).matches("\\d+\\.\\d+.*");
    assertThat(await(Requests.batch(session, order, line, id))).isTrue();
    Row read = await(Requests.prepareAndBind(session, id)).get(0);
    assertThat(read.getString("currency")).isEqualTo("EUR");
    assertThat(read.getBigDecimal("total")).isNull();
    var hurried = await(Requests.prepareWithPolicies(session));
    assertThat(await(session.execute(hurried.bind(id))).size()).isEqualTo(1);
    assertThat(await(Requests.insertIfNotExists(session, id)))
        .isEqualTo("beaten by an order in EUR");
    assertThat(await(Requests.insertIfNotExists(session, UUID.randomUUID()))).isEqualTo("first");
  }

  @Test
  void collectsAndPages() throws Exception {
    assertThat(await(Requests.collect(session))).hasSize(250).contains("product 7");
    assertThat(await(Requests.countUpTo(session, 230))).isEqualTo(230);
    assertThat(await(Requests.countUpTo(session, 1_000))).isEqualTo(250);
  }

  @Test
  void streamsToAResponse() throws Exception {
    var byDay = await(session.prepare("SELECT line FROM lines WHERE day = ?"));
    HttpServer server =
        await(
            vertx
                .createHttpServer()
                .requestHandler(
                    request ->
                        Streaming.toResponse(
                            session, byDay, DAY, request.response().setChunked(true)))
                .listen(0, "127.0.0.1"));
    var client = vertx.createHttpClient();

    Buffer body =
        await(
            client
                .request(HttpMethod.GET, server.actualPort(), "127.0.0.1", "/")
                .compose(request -> request.send().compose(HttpClientResponse::body)));

    assertThat(body.toString().lines()).hasSize(LINES).startsWith("line 0", "line 1");
    await(client.close());
    await(server.close());
  }

  @Test
  void pipesAndTakesOneByOne() throws Exception {
    Gathered<Row> rows = new Gathered<>();
    await(Streaming.pipe(session, rows));
    assertThat(rows.items()).hasSize(LINES);
    assertThat(rows.ended()).isTrue();

    Gathered<Buffer> buffers = new Gathered<>();
    await(Streaming.oneByOne(session, buffers));
    assertThat(buffers.items()).hasSize(LINES);
    assertThat(buffers.items().get(0).toJsonObject().getString("line")).isEqualTo("line 0");
  }

  @Test
  void findsAPolicyOfThisJarByName() throws Exception {
    CqlSession ours =
        await(CqlSession.connect(vertx, Connecting.withRackFirst(options().setKeyspace(null))));
    assertThat(await(Requests.query(ours))).isNotEmpty();
    await(ours.close());

    CqlOptions misspelt = Connecting.withRackFirst(options());
    misspelt.getDefaultProfile().getLoadBalancing().setName("rack-frist");
    assertThat(failure(CqlSession.connect(vertx, misspelt)))
        .hasMessageContaining("rack-frist")
        .hasMessageContaining("rack-first");
  }

  @Test
  void keepsToARack() throws Exception {
    CqlSession rackAware =
        await(CqlSession.connect(vertx, options().setDefaultProfile(Connecting.rackAware())));
    assertThat(await(Requests.query(rackAware))).isNotEmpty();
    await(rackAware.close());
  }

  @Test
  void sharesASessionByName() throws Exception {
    CqlSession first = await(Connecting.shared(vertx, options()));
    CqlSession second = await(Connecting.shared(vertx, options()));
    assertThat(second.clientId()).isEqualTo(first.clientId());

    await(first.close());
    assertThat(await(Requests.query(second))).isNotEmpty();
    await(second.close());
  }

  @Test
  void readsOptionsFromJson() {
    assertThat(Connecting.shop().contactAddresses())
        .extracting(Object::toString)
        .containsExactly("db1.internal:9042", "db2.internal:9043");

    CqlOptions options = Connecting.fromJson();

    assertThat(options.getContactPoints()).containsExactly("10.0.0.1", "10.0.0.2:9043");
    assertThat(options.getDefaultProfile().getRequestTimeout()).hasSeconds(2);
  }

  @Test
  void worksInAVertxWithMetricsAndTracing() throws Exception {
    CqlSession observed =
        await(Connecting.observed(new RecordingMetrics(), new RecordingTracer(), options()));
    assertThat(await(Requests.query(observed))).isNotEmpty();
    await(observed.close());
  }

  private static CqlOptions options() {
    return new CqlOptions()
        .addContactPoint(contactPoint)
        .setLocalDatacenter("dc1")
        .setKeyspace(keyspace);
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  private static Throwable failure(Future<?> future) throws Exception {
    return await(future.map(result -> (Throwable) null).recover(Future::succeededFuture));
  }
}
