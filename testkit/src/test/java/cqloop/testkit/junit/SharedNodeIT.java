package cqloop.testkit.junit;

import static org.assertj.core.api.Assertions.assertThat;

import cqloop.testkit.CassandraNode;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

@CassandraTest
class SharedNodeIT {
  @Test
  void givesEachClassAKeyspaceOfItsOwn(CassandraNode node, @TestKeyspace String keyspace) {
    node.execute("CREATE TABLE " + keyspace + ".t (k int PRIMARY KEY, v text)");
    node.execute("INSERT INTO " + keyspace + ".t (k, v) VALUES (1, 'one')");

    assertThat(keyspace).startsWith("ks_sharednodeit_");
    assertThat(new String(node.execute("SELECT v FROM " + keyspace + ".t").get(0).get(0)))
        .isEqualTo("one");
  }

  @Test
  void givesTheAddressOfTheNode(CassandraNode node, InetSocketAddress address) {
    assertThat(address.getAddress().isLoopbackAddress()).isTrue();
    assertThat(address).isEqualTo(node.address());
  }
}
