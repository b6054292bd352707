package cqloop.examples;

import cqloop.testkit.CassandraCluster;
import cqloop.testkit.ClusterListener;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Owned by the main thread. Where the tour takes place: an embedded node or the user's cluster. */
final class TourServer implements AutoCloseable {
  private final List<String> contactPoints;
  private final @Nullable String datacenter;
  private final @Nullable CassandraCluster embedded;

  private TourServer(
      List<String> contactPoints,
      @Nullable String datacenter,
      @Nullable CassandraCluster embedded) {
    this.contactPoints = contactPoints;
    this.datacenter = datacenter;
    this.embedded = embedded;
  }

  static TourServer of(List<String> contactPoints) {
    return new TourServer(contactPoints, null, null);
  }

  /**
   * Boots one Cassandra node.
   *
   * @throws cqloop.testkit.ServerUnavailableException when this machine cannot run one
   */
  static TourServer boot(Screen screen) {
    Screen.Chapter chapter = screen.chapter("Boot a Cassandra node");
    CassandraCluster cluster =
        CassandraCluster.builder()
            .listener((step, detail) -> report(chapter, step, detail))
            .start();
    chapter.end();
    return new TourServer(cluster.contactPoints(), cluster.node(0).datacenter(), cluster);
  }

  List<String> contactPoints() {
    return contactPoints;
  }

  @Nullable String datacenter() {
    return datacenter;
  }

  @Override
  public void close() {
    if (embedded != null) {
      embedded.close();
    }
  }

  private static void report(Screen.Chapter chapter, ClusterListener.Step step, String detail) {
    switch (step) {
      case RESOLVING -> chapter.say("found Cassandra " + detail);
      case BOOTING -> chapter.say("starting it on " + detail + ", which takes some seconds ...");
      case NODE_READY -> chapter.say("it answers on " + detail);
      case READY -> {
        // One node is the whole cluster: NODE_READY has said it.
      }
    }
  }
}
