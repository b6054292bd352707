package cqloop.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import cqloop.testkit.junit.CassandraClusterTest;
import cqloop.testkit.junit.TestKeyspace;
import cqloop.testkit.process.NodeProbe;
import java.util.List;
import org.junit.jupiter.api.Test;

@CassandraClusterTest(layout = "dc1:r1,r2,r1")
class ClusterIT {
  @Test
  void startsInRacksAndAgrees(CassandraCluster cluster, @TestKeyspace String keyspace) {
    assertThat(cluster.nodes()).extracting(CassandraNode::rack).containsExactly("r1", "r2", "r1");
    assertThat(cluster.contactPoints()).hasSize(3).allMatch(point -> point.endsWith(":9042"));
    assertThat(texts(cluster.node(2), "SELECT rack FROM system.peers"))
        .containsExactlyInAnyOrder("r1", "r2");
    assertThat(texts(cluster.node(1), "SELECT keyspace_name FROM system_schema.keyspaces"))
        .contains(keyspace);
  }

  @Test
  void freezesAndThawsANode(CassandraCluster cluster) {
    CassandraNode node = cluster.node(2);
    NodeProbe probe = new NodeProbe(node.address(), null);

    node.pause();
    assertThat(probe.answers()).isFalse();
    assertThat(node.isRunning()).isTrue();

    node.resume();
    node.awaitReady();
    assertThat(probe.answers()).isTrue();
  }

  @Test
  void addsANodeAndLetsItLeave(CassandraCluster cluster) {
    CassandraNode joined = cluster.addNode("dc1", "r2");
    String members = "SELECT peer FROM system.peers";
    assertThat(cluster.node(0).execute(members)).hasSize(3);
    assertThat(joined.execute(members)).hasSize(3);

    joined.decommission();
    cluster.awaitAgreement();

    assertThat(joined.isRunning()).isFalse();
    assertThat(cluster.node(0).execute(members)).hasSize(2);
  }

  private static List<String> texts(CassandraNode node, String statement) {
    return node.execute(statement).stream().map(row -> new String(row.get(0), UTF_8)).toList();
  }
}
