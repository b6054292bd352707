package cqloop.testkit.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cqloop.testkit.CassandraCluster;
import cqloop.testkit.CassandraNode;
import cqloop.testkit.ServerLine;
import cqloop.testkit.junit.CassandraTest;
import cqloop.testkit.junit.TestKeyspace;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What single lines do wrong, shown without the driver: frames written out from the specification.
 * Tests of the driver leave out what these show. When a line is corrected, they fail, and say so.
 */
@CassandraTest
class ServerDefectsIT {
  private static final int QUERY = 0x07;
  private static final int RESULT = 0x08;
  private static final int ONE = 0x0001;

  // native_protocol_v4.spec, section 4.1.4.
  private static final int VALUES_WITH_NAMES = 0x01 | 0x40;

  private static final int INVALID = 0x2200;
  private static final int PROTOCOL_ERROR = 0x000A;

  // More than the event loops of a server on a machine of some cores.
  private static final int STARTUPS = 64;

  /** 6.0-alpha2 takes values by their place, whatever their names are. */
  @Test
  void valuesGoToTheMarkersOfTheirNames(CassandraCluster cluster, @TestKeyspace String keyspace)
      throws IOException {
    CassandraNode node = cluster.node(0);
    node.execute("CREATE TABLE " + keyspace + ".named (k int PRIMARY KEY, v text)");
    String insert = "INSERT INTO " + keyspace + ".named (k, v) VALUES (:key, :value)";
    byte[] seven = {0, 0, 0, 7};
    byte[] swapped =
        new BodyWriter()
            .bytes(insert.getBytes(UTF_8))
            .unsignedShort(ONE)
            .octet(VALUES_WITH_NAMES)
            .unsignedShort(2)
            .string("value")
            .bytes("named".getBytes(UTF_8))
            .string("key")
            .bytes(seven)
            .toBytes();
    try (RawCql cql = connect(node)) {
      cql.start("", "");
      RawCql.Frame answer = cql.exchange(0, QUERY, swapped);
      if (cluster.line() == ServerLine.V6_0) {
        assertThatThrownBy(() -> RawCql.expect(answer, RESULT))
            .hasMessageContaining("Expected 4 or 0 byte int (5)")
            .satisfies(error -> assertThat(((RawCql.CqlError) error).code()).isEqualTo(INVALID));
        return;
      }
      RawCql.expect(answer, RESULT);
      List<List<byte[]>> rows = cql.query("SELECT v, k FROM " + keyspace + ".named");
      assertThat(rows).hasSize(1);
      assertThat(rows.get(0)).containsExactly("named".getBytes(UTF_8), seven);
    }
  }

  /**
   * 4.0 hands a request of v3 the place for warnings that a STARTUP of v4 left on the event loop,
   * and then cannot encode its answer. The kit's plug-in prevents that; here is a node without it.
   */
  @Test
  void requestsOfV3AreAnsweredWithoutWarnings(CassandraCluster shared) throws IOException {
    if (shared.line() != ServerLine.V4_0) {
      assertThat(failuresOfV3(shared.node(0))).isEmpty();
      return;
    }
    assertThat(failuresOfV3(shared.node(0))).as("with the plug-in").isEmpty();
    try (CassandraCluster plain = CassandraCluster.builder().line(ServerLine.V4_0).start()) {
      assertThat(failuresOfV3(plain.node(0)))
          .isNotEmpty()
          .allSatisfy(
              error -> {
                assertThat(error.code()).isEqualTo(PROTOCOL_ERROR);
                assertThat(error).hasMessageContaining("Must not send frame with WARNING flag");
              });
    }
  }

  /** Connects often with v4, which reaches each event loop of the server, then asks with v3. */
  private static List<RawCql.CqlError> failuresOfV3(CassandraNode node) throws IOException {
    for (int i = 0; i < STARTUPS; i++) {
      try (RawCql v4 = connect(node)) {
        v4.start("", "");
      }
    }
    List<RawCql.CqlError> failures = new ArrayList<>();
    for (int i = 0; i < STARTUPS; i++) {
      try (RawCql v3 = connect(node).speakV3()) {
        v3.start("", "");
        // "Aggregation query used without partition key" is a warning of each line.
        ByteBuffer count =
            ByteBuffer.wrap(v3.query("SELECT count(*) FROM system.local").get(0).get(0));
        assertThat(count.getLong()).isEqualTo(1);
      } catch (RawCql.CqlError error) {
        failures.add(error);
      }
    }
    return failures;
  }

  private static RawCql connect(CassandraNode node) throws IOException {
    return RawCql.connect(node.address(), null, Duration.ofSeconds(10));
  }
}
