package cqloop.error;

/** Value. How messages name a node: {@code host:port}, or {@code name (host:port)}. */
final class NodeText {

  private NodeText() {}

  /** Returns the {@code host:port} of a node as messages name it. */
  static String endpointOf(String label) {
    int begin = label.lastIndexOf(" (");
    return begin > 0 && label.endsWith(")")
        ? label.substring(begin + 2, label.length() - 1)
        : label;
  }
}
