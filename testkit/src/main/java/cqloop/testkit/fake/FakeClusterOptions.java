package cqloop.testkit.fake;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Not shared until a cluster is made of it. How many nodes there are, where, and what they do. */
public final class FakeClusterOptions {
  /** The first address unless another is set; the following nodes get the following addresses. */
  public static final String DEFAULT_FIRST_ADDRESS = "127.0.64.1";

  /** Value. A node to be started. */
  record Place(String datacenter, String rack) {}

  private final List<Place> places = new ArrayList<>();
  private String firstAddress = DEFAULT_FIRST_ADDRESS;
  private int tokensPerNode = 1;
  private UnaryOperator<FakeNodeOptions> nodeOptions = UnaryOperator.identity();

  /** Adds nodes to a data centre, spread in turn over the racks {@code rack1}, {@code rack2}... */
  public FakeClusterOptions addDatacenter(String name, int nodes, int racks) {
    for (int i = 0; i < nodes; i++) {
      places.add(new Place(name, "rack" + (i % racks + 1)));
    }
    return this;
  }

  /** The address of the first node, in 127.0.0.0/8. */
  public FakeClusterOptions setFirstAddress(String firstAddress) {
    this.firstAddress = firstAddress;
    return this;
  }

  /** How many Murmur3 tokens each node owns; they divide the ring evenly, node by node in turn. */
  public FakeClusterOptions setTokensPerNode(int tokensPerNode) {
    this.tokensPerNode = tokensPerNode;
    return this;
  }

  /** Changes the options of every node; host, port and place are set by the cluster. */
  public FakeClusterOptions setNodeOptions(UnaryOperator<FakeNodeOptions> change) {
    this.nodeOptions = change;
    return this;
  }

  List<Place> places() {
    return List.copyOf(places);
  }

  String firstAddress() {
    return firstAddress;
  }

  int tokensPerNode() {
    return tokensPerNode;
  }

  UnaryOperator<FakeNodeOptions> nodeOptions() {
    return nodeOptions;
  }
}
