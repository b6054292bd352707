package cqloop.netty.it;

import static org.assertj.core.api.Assertions.assertThat;

import cqloop.CqlOptions;
import cqloop.CqlSession;
import cqloop.metadata.DescribeOptions;
import cqloop.metadata.KeyspaceMetadata;
import cqloop.testkit.CassandraCluster;
import cqloop.testkit.CassandraNode;
import cqloop.testkit.junit.CassandraClusterTest;
import io.vertx.core.Vertx;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Descriptions of keyspaces of every replication, in two data centres, replayed. */
@CassandraClusterTest(
    layout = "dc1:r1;dc2:r1",
    // 3.11 has no transient replication.
    lines = {"4.0", "4.1", "5.0", "6.0"},
    yaml = {"enable_transient_replication: true"})
class DescribeKeyspacesIT {

  private static final Pattern REPLICATION = Pattern.compile("\\{([^}]*)\\}");

  private final Vertx vertx = Vertx.vertx();
  private CqlSession session;

  @BeforeEach
  void connect(CassandraCluster cluster) {
    CassandraNode node = cluster.node(0);
    session =
        Awaits.get(
            CqlSession.connect(
                vertx,
                new CqlOptions()
                    .addContactPoint(node.host() + ":" + node.port())
                    .setLocalDatacenter("dc1")));
  }

  @AfterEach
  void close() {
    Awaits.get(vertx.close());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "two_dcs | 'class': 'NetworkTopologyStrategy', 'dc2': '1', 'dc1': '2' | true",
        "\"Transient\" | 'class': 'NetworkTopologyStrategy', 'dc1': '3/1', 'dc2': '1' | true",
        "simple | 'class': 'SimpleStrategy', 'replication_factor': '2' | false",
        "\"select\" | 'class': 'SimpleStrategy', 'replication_factor': '3/2' | true",
        "\"_1\" | 'class': 'NetworkTopologyStrategy', 'replication_factor': '1' | false",
      })
  void isTheSameAfterItsReplay(String name, String replication, boolean durable) {
    Awaits.get(
        session.execute(
            "CREATE KEYSPACE %s WITH replication = {%s} AND durable_writes = %s"
                .formatted(name, replication, durable)));
    String stored = name.replace("\"", "");
    KeyspaceMetadata made = Awaits.get(session.schema()).keyspace(stored);
    String text = made.describe(DescribeOptions.DEFAULT.withContents(false));
    String ofServer =
        Awaits.get(session.execute("DESCRIBE ONLY KEYSPACE " + name))
            .first()
            .getString("create_statement");
    assertThat(sorted(text)).isEqualTo(sorted(ofServer));

    Awaits.get(session.execute("DROP KEYSPACE " + name));
    for (String statement : made.statements(DescribeOptions.DEFAULT)) {
      Awaits.get(session.execute(statement));
    }
    assertThat(Awaits.get(session.schema()).keyspace(stored)).isEqualTo(made);
    assertThat(made.durableWrites()).isEqualTo(durable);
    Awaits.get(session.execute("DROP KEYSPACE " + name));
  }

  /** The order of data centres means nothing. */
  private static List<Object> sorted(String statement) {
    String text = CqlNormal.of(statement);
    Matcher map = REPLICATION.matcher(text);
    assertThat(map.find()).as(text).isTrue();
    TreeMap<String, String> options = new TreeMap<>();
    for (String option : map.group(1).split(", ")) {
      options.put(option.split(": ")[0], option.split(": ")[1]);
    }
    assertThat(options).containsKey("'class'");
    return Arrays.asList(map.replaceFirst("{}"), options);
  }
}
