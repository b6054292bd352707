package cqloop.testkit.scylla;

import cqloop.testkit.CassandraOracle;
import cqloop.testkit.ServerLine;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/** Value. Tokens of partition keys, by the partitioner of Cassandra itself. */
final class CassandraTokens {
  private static final String PARTITIONER = "org.apache.cassandra.dht.Murmur3Partitioner";

  /** Opened once in a JVM: half a second and some thousand classes each. */
  private static final Map<ServerLine, CassandraTokens> OPEN = new ConcurrentHashMap<>();

  private final CassandraOracle oracle;
  private final Object partitioner;

  private CassandraTokens(CassandraOracle oracle) {
    this.oracle = oracle;
    this.partitioner = Objects.requireNonNull(oracle.constant(PARTITIONER, "instance"));
  }

  static CassandraTokens of(ServerLine line) {
    return OPEN.computeIfAbsent(line, any -> new CassandraTokens(CassandraOracle.open(line)));
  }

  /** The token of a serialised partition key; blocks for some microseconds. */
  long of(byte[] key) {
    Object token =
        Objects.requireNonNull(oracle.invoke(partitioner, "getToken", ByteBuffer.wrap(key)));
    return (Long) Objects.requireNonNull(oracle.invoke(token, "getTokenValue"));
  }
}
