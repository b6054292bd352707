package cqloop.bench.scale;

import cqloop.testkit.fake.Conditions;
import cqloop.testkit.fake.FakeCluster;
import cqloop.testkit.fake.FakeClusterOptions;
import cqloop.testkit.fake.FakeNode;
import cqloop.testkit.fake.Replies;
import cqloop.testkit.fake.RowsReply;
import cqloop.testkit.fake.WireType;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.Map;
import java.util.TreeMap;

/**
 * Process of its own. Scripted nodes on loopback addresses, each with a port that is listened on:
 * {@code LargeCluster <nodes of each data centre> <data centres> <tokens of a node>}. Prints the
 * address of the first node, and ends with its standard input.
 */
public final class LargeCluster {

  static final int KEYSPACES = 50;
  static final String READY = "ready ";
  static final String POINT = "SELECT v FROM ks0.t WHERE k = ?";

  private static final int REPLICAS = 3;
  private static final WireType OPTIONS = WireType.map(WireType.TEXT, WireType.TEXT);

  private LargeCluster() {}

  public static void main(String[] args) throws Exception {
    int nodes = Integer.parseInt(args[0]);
    int datacenters = Integer.parseInt(args[1]);
    Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    FakeClusterOptions options =
        new FakeClusterOptions()
            .setFirstAddress("127.0.96.1")
            .setTokensPerNode(Integer.parseInt(args[2]))
            // What is recorded is never looked at.
            .setNodeOptions(own -> own.setMaxRecorded(1));
    for (int i = 1; i <= datacenters; i++) {
      options.addDatacenter("dc" + i, nodes, REPLICAS);
    }
    FakeCluster cluster =
        FakeCluster.start(vertx, options).toCompletionStage().toCompletableFuture().get();
    RowsReply keyspaces = keyspaces(datacenters);
    for (FakeNode node : cluster.nodes()) {
      node.when(Conditions.cqlContains("FROM system_schema.keyspaces")).reply(keyspaces);
      node.declare(
          POINT,
          Replies.prepared()
              .table("ks0", "t")
              .variable("k", WireType.INT)
              .partitionKey(0)
              .result("v", WireType.INT));
      node.when(Conditions.execute(POINT)).reply(Replies.rows().column("v", WireType.INT).row(1));
    }
    FakeNode first = cluster.node(0);
    System.out.println(READY + first.address().getHostString() + ":" + first.port());
    while (System.in.read() >= 0) {
      // Commands are not taken; the end of the input is the end of this process.
    }
    System.exit(0);
  }

  /** Five replications, each of ten keyspaces. */
  private static RowsReply keyspaces(int datacenters) {
    RowsReply rows =
        Replies.rows()
            .table("system_schema", "keyspaces")
            .column("keyspace_name", WireType.TEXT)
            .column("durable_writes", WireType.BOOLEAN)
            .column("replication", OPTIONS);
    for (int i = 0; i < KEYSPACES; i++) {
      Map<String, String> options = new TreeMap<>();
      options.put("class", "org.apache.cassandra.locator.NetworkTopologyStrategy");
      for (int datacenter = 1; datacenter <= datacenters; datacenter++) {
        int copies = datacenter == 1 ? REPLICAS : i % 5;
        if (copies > 0) {
          options.put("dc" + datacenter, String.valueOf(copies));
        }
      }
      rows.row("ks" + i, true, options);
    }
    return rows;
  }
}
