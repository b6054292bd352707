package cqloop.netty.it;

import cqloop.CqlOptions;
import cqloop.CqlSession;
import cqloop.CqlSessionBuilder;
import cqloop.metadata.Node;
import cqloop.metadata.NodeState;
import cqloop.spi.PolicyProvider;
import cqloop.testkit.fake.FakeCluster;
import cqloop.testkit.fake.FakeClusterOptions;
import cqloop.testkit.fake.FakeNode;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Duration;

/** A scripted cluster and the one session of a test on it, each on a Vert.x of its own. */
final class FakeClusterSession implements AutoCloseable {

  private final Fakes fakes = new Fakes();
  private final Vertx vertx;
  private final FakeCluster cluster;
  private CqlSession session;

  FakeClusterSession(int eventLoops, FakeClusterOptions options) {
    vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(eventLoops));
    cluster = Awaits.get(FakeCluster.start(fakes.vertx(), options));
  }

  Vertx vertx() {
    return vertx;
  }

  FakeCluster cluster() {
    return cluster;
  }

  CqlSession connect(CqlOptions options, PolicyProvider<?>... providers) {
    CqlSessionBuilder builder = CqlSession.builder(vertx).options(options);
    for (PolicyProvider<?> provider : providers) {
      builder.addProvider(provider);
    }
    session = Awaits.get(builder.connect());
    return session;
  }

  boolean is(FakeNode node, NodeState state) {
    Node known = session.topology().node(Fakes.endpoint(node));
    return known != null && known.state() == state;
  }

  void awaitState(Duration limit, FakeNode node, NodeState state) {
    Awaits.until(Fakes.endpoint(node) + " is " + state, limit, () -> is(node, state));
  }

  void awaitAllUp(Duration limit) {
    Awaits.until(
        "the session is connected to all nodes",
        limit,
        () ->
            session.topology().nodes().size() == cluster.nodes().size()
                && session.topology().nodes().stream()
                    .allMatch(node -> node.state() == NodeState.UP));
  }

  /** Closes the session, which must leave no connection, and all else. */
  @Override
  public void close() {
    if (session != null) {
      Awaits.get(session.close());
    }
    Fakes.awaitNoConnections(cluster.nodes().toArray(FakeNode[]::new));
    Awaits.get(vertx.close());
    Awaits.get(cluster.close());
    fakes.close();
  }
}
