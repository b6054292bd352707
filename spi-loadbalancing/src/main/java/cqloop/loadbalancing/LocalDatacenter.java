package cqloop.loadbalancing;

import cqloop.metadata.Node;
import cqloop.metadata.NodeState;
import cqloop.metadata.Topology;
import cqloop.spi.PolicyContext;
import io.vertx.core.internal.logging.Logger;
import io.vertx.core.internal.logging.LoggerFactory;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Loop-owned. Knows which data centre is the local one: the one that is given, or is found out. */
final class LocalDatacenter {

  private static final Logger LOG = LoggerFactory.getLogger(LocalDatacenter.class);

  private final String given;
  private final Session session;

  /**
   * @param configured what the policy is told, null to take what the session is told
   */
  LocalDatacenter(@Nullable String configured, PolicyContext context) {
    given = configured == null ? context.localDatacenter() : configured;
    session = context.shared(Session.class, Session::new);
  }

  /** Returns its name, empty as long as no node with a data centre is known. */
  String of(Topology topology) {
    if (given.isEmpty()) {
      return session.inferred(topology);
    }
    session.warnWhenAbsent(given, topology);
    return given;
  }

  /**
   * Any thread. What the loops of a session must agree on: two loops that find out different data
   * centres would each send half of the requests away from the other half.
   */
  private static final class Session {

    private final AtomicReference<@Nullable String> inferred = new AtomicReference<>();
    private final Set<String> warned = ConcurrentHashMap.newKeySet();
    private final Set<String> contactPoints = ConcurrentHashMap.newKeySet();

    String inferred(Topology topology) {
      String known = inferred.get();
      if (known != null) {
        return known;
      }
      rememberContactPoints(topology);
      String found = firstConnected(topology);
      if (found.isEmpty()) {
        return found;
      }
      if (inferred.compareAndSet(null, found)) {
        warnWhenContactPointsAreElsewhere(found, topology);
        return found;
      }
      return inferred(topology);
    }

    void warnWhenAbsent(String given, Topology topology) {
      Set<String> names = new TreeSet<>();
      for (Node node : topology.nodes()) {
        names.add(node.datacenter());
      }
      names.remove("");
      if (!names.isEmpty() && !names.contains(given) && warned.add(given)) {
        LOG.warn(
            "The local data centre '%s' has no node, so requests find none. Known: %s"
                .formatted(given, String.join(", ", names)));
      }
    }

    private static String firstConnected(Topology topology) {
      String any = "";
      for (Node node : topology.nodes()) {
        if (node.state() == NodeState.UP && !node.datacenter().isEmpty()) {
          return node.datacenter();
        }
        any = any.isEmpty() ? node.datacenter() : any;
      }
      return any;
    }

    /** A node without data centre is a contact point that has not answered yet. */
    private void rememberContactPoints(Topology topology) {
      for (Node node : topology.nodes()) {
        if (node.datacenter().isEmpty()) {
          contactPoints.add(node.endpoint());
        }
      }
    }

    private void warnWhenContactPointsAreElsewhere(String found, Topology topology) {
      Set<String> others = new TreeSet<>();
      for (Node node : topology.nodes()) {
        if (contactPoints.contains(node.endpoint())) {
          others.add(node.datacenter());
        }
      }
      others.remove(found);
      others.remove("");
      if (!others.isEmpty()) {
        LOG.warn(
            "No local data centre is set; took '%s' because the first connected node is there, but"
                    .formatted(found)
                + " there are contact points in "
                + String.join(", ", others)
                + " too. Set localDatacenter");
      }
    }
  }
}
