package cqloop.bench.cassandra;

import cqloop.testkit.CassandraCluster;

/**
 * Main class of a process that runs one Cassandra node of the test kit until its input is closed.
 */
public final class CassandraMain {
  private CassandraMain() {}

  /** Prints {@code ready host:port} when the node serves. */
  public static void main(String[] args) throws Exception {
    // The test kit tunes nodes for a quick start; here the server must not be the bottleneck.
    try (CassandraCluster cluster =
        CassandraCluster.builder().jvmFlags("-XX:TieredStopAtLevel=4", "-Xmx1g").start()) {
      System.out.println("ready " + cluster.contactPoints().get(0));
      while (System.in.read() >= 0) {
        continue;
      }
    }
  }
}
