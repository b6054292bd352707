package cqloop.metrics;

import java.util.List;

/**
 * Value. The connections of a session, and what they carried. The bytes are those of the protocol,
 * before encryption, and include those of the connection that follows the cluster.
 *
 * @param nodes the connections to each node for requests
 * @param timeouts how many connections could not be opened in time
 * @param orphans how many stream ids are kept for answers that nobody waits for any more
 * @param bytesSent how many bytes were sent
 * @param bytesReceived how many bytes were received
 */
public record ConnectionMetrics(
    List<NodeConnections> nodes, long timeouts, long orphans, long bytesSent, long bytesReceived) {

  public ConnectionMetrics {
    nodes = List.copyOf(nodes);
  }

  /** Returns how many connections take requests, to all nodes. */
  public int available() {
    int sum = 0;
    for (NodeConnections node : nodes) {
      sum += node.available();
    }
    return sum;
  }

  /** Returns how many connections are open, to all nodes. */
  public int total() {
    int sum = 0;
    for (NodeConnections node : nodes) {
      sum += node.total();
    }
    return sum;
  }
}
