package cqloop.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class CassandraOracleTest {
  private static final String TYPES = "org.apache.cassandra.db.marshal.";

  private static CassandraOracle oracle;

  @BeforeAll
  static void open() {
    oracle = CassandraOracle.open(ServerLine.V5_0);
  }

  @AfterAll
  static void close() {
    oracle.close();
  }

  @Test
  void hashesATokenAsTheServerDoes() {
    Object partitioner = oracle.constant("org.apache.cassandra.dht.Murmur3Partitioner", "instance");
    ByteBuffer key = ByteBuffer.allocate(4).putInt(0, 1);

    Object token = oracle.invoke(partitioner, "getToken", key);

    // What "SELECT token(k)" gives for the int 1 on every Cassandra.
    assertThat(token).hasToString("-4069959284402364209");
  }

  @Test
  void encodesAListAsTheServerDoes() {
    Object type =
        oracle.invokeStatic(
            TYPES + "TypeParser", "parse", TYPES + "ListType(" + TYPES + "Int32Type)");

    ByteBuffer bytes = (ByteBuffer) oracle.invoke(type, "decompose", List.of(1, 2));

    // native_protocol_v5.spec, section 6.10: count, then each element as [bytes].
    assertThat(bytes)
        .isEqualTo(
            ByteBuffer.wrap(
                new byte[] {0, 0, 0, 2, 0, 0, 0, 4, 0, 0, 0, 1, 0, 0, 0, 4, 0, 0, 0, 2}));
  }

  @Test
  void keepsTheServersLibrariesApart() {
    assertThat(oracle.type(ByteBuf.class.getName())).isNotSameAs(ByteBuf.class);
    assertThatThrownBy(() -> oracle.type(CassandraOracle.class.getName()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
