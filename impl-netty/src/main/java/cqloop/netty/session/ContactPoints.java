package cqloop.netty.session;

import cqloop.CqlOptions;
import cqloop.metadata.Node;
import io.vertx.core.net.HostAndPort;
import io.vertx.core.net.SocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.random.RandomGenerator;

/** Value. The nodes that a session knows before it has asked the cluster. */
final class ContactPoints {

  private ContactPoints() {}

  /** Returns a node for each distinct contact point, shuffled where the options say so. */
  static List<Node> nodesOf(CqlOptions options, RandomGenerator random) {
    List<HostAndPort> points = new ArrayList<>(new LinkedHashSet<>(options.contactAddresses()));
    if (options.getConnection().isRandomizeContactPoints()) {
      for (int i = points.size() - 1; i > 0; i--) {
        Collections.swap(points, i, random.nextInt(i + 1));
      }
    }
    List<Node> nodes = new ArrayList<>(points.size());
    for (HostAndPort point : points) {
      nodes.add(Node.at(nodes.size(), SocketAddress.inetSocketAddress(point.port(), point.host())));
    }
    return nodes;
  }
}
