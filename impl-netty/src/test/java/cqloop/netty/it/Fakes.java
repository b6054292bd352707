package cqloop.netty.it;

import cqloop.CqlOptions;
import cqloop.PolicyOptions;
import cqloop.testkit.fake.FakeNode;
import cqloop.testkit.fake.FakeNodeOptions;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Scripted nodes on a Vert.x of their own, so that the Vert.x of a session may be closed. */
final class Fakes implements AutoCloseable {

  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
  private final List<FakeNode> nodes = new ArrayList<>();

  Vertx vertx() {
    return vertx;
  }

  FakeNode start() {
    return start(new FakeNodeOptions());
  }

  FakeNode start(FakeNodeOptions options) {
    FakeNode node = Awaits.get(FakeNode.start(vertx, options));
    nodes.add(node);
    return node;
  }

  /** Options that lead to these nodes, with short delays. */
  static CqlOptions options(FakeNode... nodes) {
    CqlOptions options = new CqlOptions();
    for (FakeNode node : nodes) {
      options.addContactPoint(endpoint(node));
    }
    options
        .getConnection()
        .setConnectTimeout(Duration.ofMillis(500))
        .setHandshakeTimeout(Duration.ofMillis(500))
        .setReconnection(
            new PolicyOptions("constant").setConfig(new JsonObject().put("delay", 50)));
    return options;
  }

  static String endpoint(FakeNode node) {
    return node.address().getHostString() + ":" + node.port();
  }

  /** Waits until no client is connected. */
  static void awaitNoConnections(FakeNode... nodes) {
    for (FakeNode node : nodes) {
      Awaits.until(
          "no connection is left to " + endpoint(node),
          Duration.ofSeconds(20),
          () -> node.connections().isEmpty());
    }
  }

  @Override
  public void close() {
    for (FakeNode node : nodes) {
      Awaits.get(node.close());
    }
    Awaits.get(vertx.close());
  }
}
