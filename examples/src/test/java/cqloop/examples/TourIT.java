package cqloop.examples;

import static org.assertj.core.api.Assertions.assertThat;

import cqloop.testkit.CassandraCluster;
import cqloop.testkit.CassandraNode;
import cqloop.testkit.junit.CassandraTest;
import cqloop.testkit.junit.TestKeyspace;
import java.io.File;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

@CassandraTest
class TourIT {
  @Test
  void showsEverythingAndLeavesNothingInTheUsersCluster(CassandraCluster cluster) throws Exception {
    List<String> before = keyspaces(cluster.node(0));

    ChildJvm tour = tour("--contact-points", cluster.contactPoints().get(0));

    assertThat(tour.exitCode()).as(tour.output()).isZero();
    assertThat(tour.output())
        .contains(
            "version " + cluster.line().version() + ".",
            "3 rows in one logged batch",
            "tieguanyin  50     14.20",
            "5000 rows in 10 pages of 500",
            "the reader rested 20 times",
            "250 g of gyokuro: applied",
            "500 g of gyokuro: refused, there are 250 g",
            "Parsing SELECT price",
            "InvalidQuery: ",
            "Everything that the tour made is dropped again.");
    assertThat(tour.output()).as("no colours, as this is no terminal").doesNotContain("\u001b[");
    assertThat(keyspaces(cluster.node(0))).isEqualTo(before);
  }

  @Test
  void keepsTheKeyspaceAndTablesOfTheUser(CassandraNode node, @TestKeyspace String keyspace)
      throws Exception {
    node.execute("CREATE TABLE " + keyspace + ".mine (k int PRIMARY KEY)");

    ChildJvm tour =
        tour("--contact-points", node.host() + ":" + node.port(), "--keyspace", keyspace);

    assertThat(tour.exitCode()).as(tour.output()).isZero();
    assertThat(
            names(
                node,
                "SELECT table_name FROM system_schema.tables WHERE keyspace_name = '"
                    + keyspace
                    + "'"))
        .containsExactly("mine");
    assertThat(
            names(
                node,
                "SELECT type_name FROM system_schema.types WHERE keyspace_name = '"
                    + keyspace
                    + "'"))
        .isEmpty();
  }

  @Test
  void saysWhyItCannotConnect() throws Exception {
    int nobody;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = free.getLocalPort();
    }

    ChildJvm tour = tour("--contact-points", "127.0.0.1:" + nobody);

    assertThat(tour.exitCode()).as(tour.output()).isEqualTo(1);
    assertThat(tour.output()).contains("failed: ", "127.0.0.1:" + nobody).doesNotContain("\tat ");
  }

  @Test
  void refusesAWrongCommandLine() throws Exception {
    ChildJvm tour = tour("--contact-point", "127.0.0.1");

    assertThat(tour.exitCode()).isEqualTo(2);
    assertThat(tour.output()).contains("Unknown option", "--contact-points");
  }

  private static ChildJvm tour(String... arguments) throws Exception {
    return ChildJvm.run(
        Path.of("target", "classes") + File.pathSeparator + ChildJvm.modulePath(),
        "cqloop.examples/cqloop.examples.Tour",
        List.of(arguments));
  }

  private static List<String> keyspaces(CassandraNode node) {
    return names(node, "SELECT keyspace_name FROM system_schema.keyspaces");
  }

  private static List<String> names(CassandraNode node, String cql) {
    List<String> names = new ArrayList<>();
    node.execute(cql).forEach(row -> names.add(new String(row.get(0), StandardCharsets.UTF_8)));
    return names;
  }
}
