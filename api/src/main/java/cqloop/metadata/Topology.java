package cqloop.metadata;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Value. The nodes of a cluster as they were known at one moment. */
public final class Topology {

  private final long version;
  private final String clusterName;
  private final String partitioner;
  private final List<Node> nodes;
  private final int ignoredRows;
  private final Map<UUID, Node> byHostId = new HashMap<>();
  private final Map<String, Node> byEndpoint = new HashMap<>();

  /**
   * Creates a snapshot.
   *
   * @param version rises with each snapshot of a session
   * @param clusterName name that the cluster gives itself, empty when not known yet
   * @param partitioner class name of the partitioner, empty when not known yet
   * @param nodes the nodes, each with an index of its own
   */
  public Topology(long version, String clusterName, String partitioner, List<Node> nodes) {
    this(version, clusterName, partitioner, nodes, 0);
  }

  /**
   * Creates a snapshot.
   *
   * @param ignoredRows how many rows in which the server describes peers made no sense
   */
  public Topology(
      long version, String clusterName, String partitioner, List<Node> nodes, int ignoredRows) {
    this.ignoredRows = ignoredRows;
    this.version = version;
    this.clusterName = clusterName;
    this.partitioner = partitioner;
    this.nodes = List.copyOf(nodes);
    for (Node node : this.nodes) {
      byEndpoint.put(node.endpoint(), node);
      if (node.hostId() != null) {
        byHostId.put(node.hostId(), node);
      }
    }
  }

  /** Returns a number that rises with each snapshot of a session. */
  public long version() {
    return version;
  }

  /** Returns the name that the cluster gives itself; empty when not known yet. */
  public String clusterName() {
    return clusterName;
  }

  /** Returns the class name of the partitioner; empty when not known yet. */
  public String partitioner() {
    return partitioner;
  }

  /** Returns all nodes. */
  public List<Node> nodes() {
    return nodes;
  }

  /**
   * Returns how many nodes are missing here, because the rows in which the server describes them
   * are damaged, have gaps or repeat a host id: nodes that are just joining, or were half removed.
   */
  public int ignoredRows() {
    return ignoredRows;
  }

  /** Returns the node with this identity, or null. */
  public @Nullable Node node(UUID hostId) {
    return byHostId.get(hostId);
  }

  /** Returns the node at this address, given as {@code host:port}, or null. */
  public @Nullable Node node(String endpoint) {
    return byEndpoint.get(endpoint);
  }

  @Override
  public String toString() {
    return "Topology(version %s, %s, %s nodes)".formatted(version, clusterName, nodes.size());
  }
}
