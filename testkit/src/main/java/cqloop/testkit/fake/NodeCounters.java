package cqloop.testkit.fake;

/** Published: written by the loop of the node, read by any thread. What a node has counted. */
public final class NodeCounters {
  /**
   * Value. The counters at one moment.
   *
   * @param openConnections how many connections are open
   * @param totalConnections how many were accepted
   * @param requests how many requests were decoded
   * @param bytesReceived how many bytes came in
   * @param bytesSent how many bytes were written
   */
  public record Snapshot(
      int openConnections,
      int totalConnections,
      long requests,
      long bytesReceived,
      long bytesSent) {}

  private volatile Snapshot last = new Snapshot(0, 0, 0, 0, 0);

  NodeCounters() {}

  Snapshot snapshot(int openConnections) {
    Snapshot now = last;
    return new Snapshot(
        openConnections, now.totalConnections, now.requests, now.bytesReceived, now.bytesSent);
  }

  int nextConnection() {
    Snapshot now = last;
    last =
        new Snapshot(0, now.totalConnections + 1, now.requests, now.bytesReceived, now.bytesSent);
    return last.totalConnections;
  }

  long nextRequest() {
    Snapshot now = last;
    last =
        new Snapshot(0, now.totalConnections, now.requests + 1, now.bytesReceived, now.bytesSent);
    return last.requests;
  }

  void received(int bytes) {
    Snapshot now = last;
    last =
        new Snapshot(
            0, now.totalConnections, now.requests, now.bytesReceived + bytes, now.bytesSent);
  }

  void sent(int bytes) {
    Snapshot now = last;
    last =
        new Snapshot(
            0, now.totalConnections, now.requests, now.bytesReceived, now.bytesSent + bytes);
  }
}
