package cqloop.testkit;

import cqloop.testkit.ClusterListener.Step;
import cqloop.testkit.process.AddressBlock;
import cqloop.testkit.process.Await;
import cqloop.testkit.process.ClusterPlan;
import cqloop.testkit.process.Folders;
import cqloop.testkit.process.ServerRuntime;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A cluster of real Cassandra processes on loopback addresses, made by {@link #builder()}.
 *
 * <p>The server's jars come from Maven, see the package documentation. Each node takes 210 to 450
 * MB; {@code -Dcqloop.testkit.max-nodes} bounds how many one JVM runs. Data, logs and processes
 * vanish with {@link #close}, and with this JVM however it ends. Methods block, and are to be
 * called by one thread at a time.
 */
public final class CassandraCluster implements AutoCloseable {
  private final ClusterPlan plan;
  private final ServerRuntime runtime;
  private final Path folder;
  private final ClusterListener listener;
  private final List<CassandraNode> nodes = new ArrayList<>();
  private final TokenLayout tokens;
  private final boolean behindFronts;

  private CassandraCluster(
      CassandraClusterBuilder builder, ClusterPlan plan, ServerRuntime runtime, Path folder) {
    this.plan = plan;
    this.runtime = runtime;
    this.folder = folder;
    this.tokens = TokenLayout.of(builder.places());
    this.listener = builder.listener();
    this.behindFronts = builder.isBehindFronts();
  }

  /**
   * A builder of one Cassandra 5.0 node without log-in and TLS.
   *
   * @return the builder
   */
  public static CassandraClusterBuilder builder() {
    return new CassandraClusterBuilder();
  }

  static CassandraCluster start(CassandraClusterBuilder builder) {
    ClusterListener listener = builder.listener();
    listener.onStep(Step.RESOLVING, builder.line() + " and a JDK 17");
    ServerRuntime runtime = ServerRuntime.find(builder.line());
    List<String> addresses = new ArrayList<>();
    for (int i = 0; i < builder.places().size(); i++) {
      addresses.add(AddressBlock.ofThisJvm().nextAddress());
    }
    Path folder = AddressBlock.ofThisJvm().nextClusterFolder();
    CassandraCluster cluster =
        new CassandraCluster(builder, builder.plan(addresses), runtime, folder);
    try {
      cluster.boot(builder.places(), addresses);
    } catch (RuntimeException | Error e) {
      cluster.closeAfter(e);
      throw e;
    }
    return cluster;
  }

  /**
   * All nodes that were ever members, in the order they were named and added.
   *
   * @return a copy
   */
  public List<CassandraNode> nodes() {
    return List.copyOf(nodes);
  }

  /**
   * One node.
   *
   * @param index from 0
   * @return the node
   */
  public CassandraNode node(int index) {
    return nodes.get(index);
  }

  /**
   * The addresses to give to a client.
   *
   * @return {@code host:port} of each running node
   */
  public List<String> contactPoints() {
    List<String> points = new ArrayList<>();
    for (CassandraNode node : nodes) {
      if (node.isRunning()) {
        points.add(node.host() + ":" + node.port());
      }
    }
    return points;
  }

  /**
   * The line of the servers.
   *
   * @return for example {@link ServerLine#V5_0}
   */
  public ServerLine line() {
    return plan.line();
  }

  /**
   * Starts a further node, which streams its share of the data and joins.
   *
   * @param datacenter of the node
   * @param rack of the node
   * @return the node, when all members agree
   */
  public CassandraNode addNode(String datacenter, String rack) {
    String address = AddressBlock.ofThisJvm().nextAddress();
    CassandraNode node = create(address, datacenter, rack, tokens.next(), true);
    nodes.add(node);
    node.start();
    awaitAgreement();
    return node;
  }

  /** Returns when all running members see all members and one schema. */
  public void awaitAgreement() {
    Await.until(
        plan.startTimeout(),
        () -> "agreement on members and schema; each node's view: " + views(),
        this::agrees);
  }

  /**
   * The logs of all nodes.
   *
   * @return the text, for people
   */
  public String log() {
    StringBuilder text = new StringBuilder();
    for (CassandraNode node : nodes) {
      text.append("==== ").append(node).append('\n').append(node.log()).append('\n');
    }
    return text.toString();
  }

  /**
   * Warnings and errors in the logs of all nodes, shortened to the last ones.
   *
   * @return the text, for people
   */
  public String troubles() {
    StringBuilder text = new StringBuilder();
    for (CassandraNode node : nodes) {
      text.append("==== ").append(node).append('\n').append(node.troubles()).append('\n');
    }
    return text.toString();
  }

  /** Ends all nodes and removes their folders. */
  @Override
  public void close() {
    RuntimeException failure = null;
    for (CassandraNode node : nodes) {
      try {
        node.discard();
      } catch (RuntimeException e) {
        if (failure != null) {
          e.addSuppressed(failure);
        }
        failure = e;
      }
    }
    Folders.remove(folder);
    if (failure != null) {
      throw failure;
    }
  }

  private void boot(List<NodePlace> places, List<String> addresses) {
    for (int i = 0; i < places.size(); i++) {
      NodePlace place = places.get(i);
      nodes.add(create(addresses.get(i), place.datacenter(), place.rack(), tokens.get(i), false));
    }
    listener.onStep(Step.BOOTING, String.join(", ", addresses));
    // All at once: every node is its own seed, so none waits for another.
    for (CassandraNode node : nodes) {
      node.launch();
    }
    for (CassandraNode node : nodes) {
      node.awaitReady();
      listener.onStep(Step.NODE_READY, node.host());
    }
    if (nodes.size() > 1) {
      awaitAgreement();
    }
    listener.onStep(Step.READY, String.join(", ", contactPoints()));
  }

  private CassandraNode create(
      String address, String datacenter, String rack, long token, boolean bootstrap) {
    Path home = folder.resolve("node-" + (nodes.size() + 1));
    String announced = behindFronts ? AddressBlock.ofThisJvm().nextAddress() : address;
    return new CassandraNode(
        plan,
        new ClusterPlan.Place(address, announced, datacenter, rack, token, bootstrap, home),
        runtime);
  }

  private boolean agrees() {
    int members = 0;
    Set<String> running = new HashSet<>();
    for (CassandraNode node : nodes) {
      members += node.isMember() ? 1 : 0;
      if (node.isRunning()) {
        running.add(node.host());
      }
    }
    Set<UUID> versions = new HashSet<>();
    for (CassandraNode node : nodes) {
      if (node.isRunning() && !sees(node, members, running, versions)) {
        return false;
      }
    }
    return versions.size() <= 1;
  }

  private static boolean sees(
      CassandraNode node, int members, Set<String> running, Set<UUID> versions) {
    Map<String, @Nullable UUID> view;
    try {
      view = node.view();
    } catch (IOException notYet) {
      return false;
    }
    if (view.size() != members) {
      return false;
    }
    for (String host : running) {
      UUID version = view.get(host);
      if (version == null) {
        return false;
      }
      versions.add(version);
    }
    return true;
  }

  private String views() {
    StringBuilder text = new StringBuilder();
    for (CassandraNode node : nodes) {
      text.append(node.host()).append(' ');
      if (!node.isRunning()) {
        text.append("is not running; ");
        continue;
      }
      try {
        text.append(node.view()).append("; ");
      } catch (IOException e) {
        text.append("does not answer (").append(e.getMessage()).append("); ");
      }
    }
    return text.toString();
  }

  private void closeAfter(Throwable failure) {
    try {
      close();
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
    }
  }
}
