package cqloop.netty.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import cqloop.metadata.Token;
import cqloop.testkit.CassandraOracle;
import cqloop.testkit.ServerLine;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tokens, their texts and their order against the partitioners of Cassandra 5.0. */
class PartitionerOracleTest {

  private static final int KEYS = 2_000;
  private static final int MAX_LENGTH = 70;

  private static CassandraOracle oracle;

  @BeforeAll
  static void open() {
    oracle = CassandraOracle.open(ServerLine.V5_0);
  }

  @AfterAll
  static void close() {
    oracle.close();
  }

  @ParameterizedTest
  @EnumSource(Partitioner.class)
  void makesTheTokensOfTheServer(Partitioner ours) {
    Object theirs = theirs(ours);
    List<Token> ourTokens = new ArrayList<>();
    List<Object> theirTokens = new ArrayList<>();
    for (byte[] key : keys(ours)) {
      Object expected = oracle.invoke(theirs, "getToken", ByteBuffer.wrap(key));
      String text = text(theirs, expected);
      byte[] within = new byte[key.length + 9];
      System.arraycopy(key, 0, within, 4, key.length);

      assertThat(ours.tokenOf(within, 4, key.length)).isEqualTo(ours.parse(text));
      ourTokens.add(ours.tokenOf(key, 0, key.length));
      theirTokens.add(expected);
    }
    for (int i = 1; i < ourTokens.size(); i++) {
      int expected = compare(theirTokens.get(i - 1), theirTokens.get(i));
      int order = ourTokens.get(i - 1).compareTo(ourTokens.get(i));
      assertThat(Integer.signum(order)).as("order of %d", i).isEqualTo(Integer.signum(expected));
    }
  }

  @ParameterizedTest
  @EnumSource(Partitioner.class)
  void isKnownByTheClassOfTheServer(Partitioner ours) {
    assertThat(Partitioner.ofClass(theirs(ours).getClass().getName())).isSameAs(ours);
  }

  private static Object theirs(Partitioner ours) {
    String type =
        switch (ours) {
          case MURMUR3 -> "org.apache.cassandra.dht.Murmur3Partitioner";
          case RANDOM -> "org.apache.cassandra.dht.RandomPartitioner";
          case BYTE_ORDERED -> "org.apache.cassandra.dht.ByteOrderedPartitioner";
        };
    return Objects.requireNonNull(oracle.constant(type, "instance"));
  }

  /** The text that system tables have. */
  private static String text(Object partitioner, Object token) {
    Object factory = Objects.requireNonNull(oracle.invoke(partitioner, "getTokenFactory"));
    return (String) Objects.requireNonNull(oracle.invoke(factory, "toString", token));
  }

  private static int compare(Object one, Object other) {
    return (int) Objects.requireNonNull(oracle.invoke(one, "compareTo", other));
  }

  private static List<byte[]> keys(Partitioner partitioner) {
    Random random = new Random(partitioner.ordinal());
    List<byte[]> keys = new ArrayList<>();
    for (int i = 0; i < KEYS; i++) {
      // A key without bytes is refused by every server.
      byte[] key = new byte[1 + random.nextInt(MAX_LENGTH)];
      random.nextBytes(key);
      keys.add(key);
    }
    return keys;
  }
}
