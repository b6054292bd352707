package cqloop.netty.it;

import static org.assertj.core.api.Assertions.assertThat;

import cqloop.CqlSession;
import cqloop.metadata.DescribeOptions;
import cqloop.metadata.TableMetadata;
import cqloop.testkit.CassandraCluster;
import cqloop.testkit.junit.CassandraClusterTest;
import cqloop.testkit.junit.TestKeyspace;
import org.junit.jupiter.api.Test;

/**
 * Descriptions of tables of a server that schedules repairs itself, which stores one option more.
 */
@CassandraClusterTest(
    lines = {"6.0"},
    yaml = {"auto_repair: {enabled: true}"})
class DescribeRepairIT {

  @Test
  void tablesComeWithTheirOrders(CassandraCluster cluster, @TestKeyspace String keyspace) {
    Sessions sessions = new Sessions(cluster, keyspace);
    CqlSession session = sessions.connect(sessions.options());
    Awaits.get(
        session.execute(
            "CREATE TABLE repaired (k int PRIMARY KEY) WITH auto_repair ="
                + " {'full_enabled': 'false', 'priority': '7'}"));
    TableMetadata made = Awaits.get(session.schema()).keyspace(keyspace).table("repaired");
    String text = made.statements(DescribeOptions.DEFAULT).get(0);
    assertThat(text)
        .contains("auto_repair = {'full_enabled': 'false', ")
        .contains("'priority': '7'");

    Awaits.get(session.execute("DROP TABLE repaired"));
    Awaits.get(session.execute(text));
    TableMetadata again = Awaits.get(session.schema()).keyspace(keyspace).table("repaired");
    assertThat(again.options()).isEqualTo(made.options());
    sessions.close();
  }
}
