package cqloop.testkit.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import cqloop.testkit.CassandraCluster;
import cqloop.testkit.CassandraNode;
import cqloop.testkit.RecordedRequest;
import cqloop.testkit.ServerLine;
import cqloop.testkit.junit.CassandraTest;
import cqloop.testkit.junit.TestKeyspace;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Frames here are written out from native_protocol_v4.spec. */
@CassandraTest
class RecorderIT {
  private static final String SELECT = "SELECT key FROM system.local";

  private static final int QUERY = 0x07;
  private static final int RESULT = 0x08;
  private static final int PREPARE = 0x09;
  private static final int EXECUTE = 0x0A;
  private static final int BATCH = 0x0D;

  private static final int TRACING_FLAG = 0x02;
  private static final int PAYLOAD_FLAG = 0x04;

  private static final int QUORUM = 0x0004;
  private static final int LOCAL_SERIAL = 0x0009;

  private static final String DRIVER = "recorder-test";

  private static String table;

  private CassandraNode node;
  private RawCql cql;

  @BeforeAll
  static void createTable(CassandraNode node, @TestKeyspace String keyspace) {
    table = keyspace + ".t";
    node.execute("CREATE TABLE " + table + " (k int PRIMARY KEY, v text)");
  }

  @BeforeEach
  void connect(CassandraNode node) throws IOException {
    this.node = node;
    cql = RawCql.connect(node.address(), null, Duration.ofSeconds(10));
    cql.start(DRIVER, "", "");
  }

  @AfterEach
  void close() throws IOException {
    cql.close();
    node.clearInjections();
  }

  /** The error codes of the specification, section 9, with the server's mapping to v4. */
  @ParameterizedTest
  @CsvSource({
    "server, 0x0000",
    "protocol, 0x000A",
    "bad_credentials, 0x0100",
    "unavailable, 0x1000",
    "overloaded, 0x1001",
    "bootstrapping, 0x1002",
    "truncate, 0x1003",
    "write_timeout, 0x1100",
    "write_timeout=CAS, 0x1100",
    "cas_unknown, 0x1100",
    "read_timeout, 0x1200",
    "read_failure, 0x1300",
    "function_failure, 0x1400",
    "write_failure, 0x1500",
    "cdc, 0x1600",
    "syntax, 0x2000",
    "unauthorized, 0x2100",
    "invalid, 0x2200",
    "config, 0x2300",
    "already_exists, 0x2400",
    "unprepared, 0x2500",
  })
  void injectsEveryErrorByComment(String command, String code, CassandraCluster cluster)
      throws IOException {
    assumeFalse(
        cluster.line() == ServerLine.V3_11 && (command.equals("cdc") || command.startsWith("cas")),
        "3.11 has no such error");
    assertError(Integer.decode(code), "/* cqloop:" + command + " */ " + SELECT);
    assertThat(cql.query(SELECT)).hasSize(1);
  }

  @Test
  void sendsTheFieldsOfAnInjectedError() throws IOException {
    ByteBuffer body = query("/* cqloop:write_timeout=BATCH,3,4 */ " + SELECT, 0).body;

    assertThat(body.getInt()).isEqualTo(0x1100);
    RowsReader.string(body);
    assertThat(body.getShort()).isEqualTo((short) QUORUM);
    assertThat(body.getInt()).isEqualTo(3);
    assertThat(body.getInt()).isEqualTo(4);
    assertThat(RowsReader.string(body)).isEqualTo("BATCH");
  }

  @Test
  void injectsAsOftenAsAskedIntoStatementsThatHoldTheText() throws IOException {
    node.inject("overloaded", 2, "FROM system.local");

    assertError(0x1001, SELECT);
    assertThat(cql.query("SELECT peer FROM system.peers")).isEmpty();
    assertError(0x1001, SELECT);
    assertThat(cql.query(SELECT)).hasSize(1);
  }

  @Test
  void refusesAnUnknownCommand() {
    assertThatThrownBy(() -> node.inject("overlaoded", 1, "x"))
        .hasMessageContaining("unknown command 'overlaoded'");
  }

  @Test
  void delaysAndWarns() throws IOException {
    long start = System.nanoTime();

    RawCql.Frame answer = query("/* cqloop:delay=150 */ /* cqloop:warn=look here */ " + SELECT, 0);

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(149));
    assertThat(answer.flags & 0x08).isEqualTo(0x08);
    assertThat(answer.body.getShort()).isEqualTo((short) 1);
    assertThat(RowsReader.string(answer.body)).isEqualTo("look here");
  }

  @Test
  void recordsAllThatAQuerySays(CassandraCluster cluster) throws IOException {
    byte[] body =
        new BodyWriter()
            .bytes(("SELECT v FROM " + table + " WHERE k = ?").getBytes(UTF_8))
            .unsignedShort(QUORUM)
            // values, page size, serial consistency, timestamp
            .octet(0x01 | 0x04 | 0x10 | 0x20)
            .unsignedShort(1)
            .bytes(new byte[] {0, 0, 0, 1})
            .unsignedShort(0)
            .unsignedShort(50)
            .unsignedShort(LOCAL_SERIAL)
            .raw(ByteBuffer.allocate(8).putLong(1234567890123L).array())
            .toBytes();
    int flags = TRACING_FLAG | PAYLOAD_FLAG;
    byte[] payload =
        new BodyWriter()
            .unsignedShort(2)
            .string("cqloop.echo")
            .bytes(new byte[0])
            .string("color")
            .bytes(new byte[] {(byte) 0xCA, (byte) 0xFE})
            .raw(body)
            .toBytes();

    RawCql.Frame answer = cql.exchange(flags, QUERY, payload);

    assertThat(answer.opcode).isEqualTo(RESULT);
    answer.body.position(16);
    assertThat(answer.body.getShort()).isEqualTo((short) 1);
    assertThat(RowsReader.string(answer.body)).isEqualTo("cqloop.echo");
    byte[] echoed = new byte[answer.body.getInt()];
    answer.body.get(echoed);
    RecordedRequest request = RecordedRequest.parse(new String(echoed, UTF_8));
    assertThat(request.kind()).isEqualTo("QUERY");
    assertThat(request.cql()).isEqualTo("SELECT v FROM " + table + " WHERE k = ?");
    assertThat(request.protocol()).isEqualTo(4);
    assertThat(request.consistency()).isEqualTo("QUORUM");
    assertThat(request.serialConsistency()).isEqualTo("LOCAL_SERIAL");
    assertThat(request.timestamp()).isEqualTo(1234567890123L);
    assertThat(request.pageSize()).isEqualTo(50);
    assertThat(request.values()).containsExactly(1);
    assertThat(request.tracing()).isTrue();
    assertThat(request.payload()).isEqualTo(Map.of("cqloop.echo", "", "color", "cafe"));
    assertThat(request.user()).isEqualTo("anonymous");
    if (cluster.line().atLeast(ServerLine.V4_0)) {
      assertThat(request.driverName()).isEqualTo(DRIVER);
    }
    assertThat(request.client()).startsWith("/127.0.0.1:");
  }

  @Test
  void tellsWhatWasNotSent() throws IOException {
    String text = "SELECT k FROM " + table + " WHERE k = 77";
    cql.query(text);

    RecordedRequest request = node.awaitRequests(text, 1, Duration.ofSeconds(5)).get(0);
    assertThat(request.timestamp()).isNull();
    assertThat(request.nowInSeconds()).isNull();
    assertThat(request.keyspace()).isNull();
    assertThat(request.pagingState()).isNull();
    assertThat(request.pageSize()).isEqualTo(-1);
    assertThat(request.tracing()).isFalse();
    assertThat(request.payload()).isEmpty();
  }

  @Test
  void saysWhatWasRecordedWhenTooLittleArrives() throws IOException {
    cql.query("SELECT k FROM " + table + " WHERE k = 78");

    assertThatThrownBy(() -> node.awaitRequests("k = 78", 2, Duration.ofMillis(1)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("2 requests with 'k = 78'")
        .hasMessageContaining("\"kind\":\"QUERY\"");
  }

  @Test
  void recordsPreparedStatementsAndBatchesWithTheirTexts() throws IOException {
    String insert = "INSERT INTO " + table + " (k, v) VALUES (?, 'prepared')";
    byte[] id = prepare(insert);
    execute(id);
    String simple = "UPDATE " + table + " SET v = 'simple' WHERE k = 2";
    byte[] batch =
        new BodyWriter()
            // unlogged; two statements: an id with one value, a text with none
            .octet(1)
            .unsignedShort(2)
            .octet(1)
            .unsignedShort(id.length)
            .raw(id)
            .unsignedShort(1)
            .bytes(new byte[] {0, 0, 0, 3})
            .octet(0)
            .bytes(simple.getBytes(UTF_8))
            .unsignedShort(0)
            .unsignedShort(QUORUM)
            .octet(0)
            .toBytes();
    assertThat(cql.exchange(0, BATCH, batch).opcode).isEqualTo(RESULT);

    List<RecordedRequest> requests = node.requests(insert);
    assertThat(requests)
        .extracting(RecordedRequest::kind)
        .containsExactly("PREPARE", "EXECUTE", "BATCH");
    assertThat(requests.get(1).values()).containsExactly(1);
    assertThat(requests.get(2).statements()).containsExactly(insert, simple);
    assertThat(requests.get(2).values()).containsExactly(1, 0);
    assertThat(requests.get(2).batchType()).isEqualTo("UNLOGGED");
  }

  @Test
  void forgetsPreparedStatements() throws IOException {
    byte[] id = prepare("INSERT INTO " + table + " (k, v) VALUES (?, 'evicted')");
    assertThat(execute(id).opcode).isEqualTo(RESULT);

    node.dropPreparedStatements();

    assertThat(execute(id).body.getInt()).isEqualTo(0x2500);
  }

  @Test
  void closesAndReopensThePortForClients() throws IOException {
    node.restartNativeTransport(Duration.ZERO);

    assertThatThrownBy(() -> cql.query(SELECT))
        .isInstanceOf(IOException.class)
        .isNotInstanceOf(RawCql.CqlError.class);
    assertThat(node.execute(SELECT)).hasSize(1);
  }

  @Test
  void failsPrepareOnlyWhereToldSo() throws IOException {
    String text = "/* cqloop:prepare.invalid */ /* cqloop:server */ " + SELECT;

    byte[] body = new BodyWriter().bytes(text.getBytes(UTF_8)).toBytes();

    assertThat(cql.exchange(0, PREPARE, body).body.getInt()).isEqualTo(0x2200);
  }

  private byte[] prepare(String text) throws IOException {
    byte[] body = new BodyWriter().bytes(text.getBytes(UTF_8)).toBytes();
    ByteBuffer answer = RawCql.expect(cql.exchange(0, PREPARE, body), RESULT);
    assertThat(answer.getInt()).isEqualTo(4);
    byte[] id = new byte[answer.getShort()];
    answer.get(id);
    return id;
  }

  private RawCql.Frame execute(byte[] id) throws IOException {
    byte[] body =
        new BodyWriter()
            .unsignedShort(id.length)
            .raw(id)
            .unsignedShort(QUORUM)
            .octet(0x01)
            .unsignedShort(1)
            .bytes(new byte[] {0, 0, 0, 1})
            .toBytes();
    return cql.exchange(0, EXECUTE, body);
  }

  private RawCql.Frame query(String text, int flags) throws IOException {
    byte[] body =
        new BodyWriter().bytes(text.getBytes(UTF_8)).unsignedShort(QUORUM).octet(0).toBytes();
    return cql.exchange(flags, QUERY, body);
  }

  private void assertError(int code, String statement) {
    assertThatThrownBy(() -> cql.query(statement))
        .isInstanceOfSatisfying(
            RawCql.CqlError.class, error -> assertThat(error.code()).isEqualTo(code));
  }
}
