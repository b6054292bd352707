package cqloop.netty.it;

import cqloop.CqlOptions;
import cqloop.CqlSession;
import cqloop.testkit.CassandraCluster;
import cqloop.testkit.CassandraNode;
import cqloop.testkit.ServerLine;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.EnumMap;
import java.util.Map;

/** The sessions of one test class: one for each wire, opened when first asked for. */
final class Sessions implements AutoCloseable {

  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
  private final CassandraCluster cluster;
  private final String keyspace;
  private final Map<Wire, CqlSession> open = new EnumMap<>(Wire.class);

  Sessions(CassandraCluster cluster, String keyspace) {
    this.cluster = cluster;
    this.keyspace = keyspace;
  }

  Vertx vertx() {
    return vertx;
  }

  CassandraNode node() {
    return cluster.node(0);
  }

  ServerLine line() {
    return cluster.line();
  }

  String keyspace() {
    return keyspace;
  }

  /** Options that lead to the node and its keyspace. */
  CqlOptions options() {
    return new CqlOptions()
        .addContactPoint(node().host() + ":" + node().port())
        .setLocalDatacenter(node().datacenter())
        .setKeyspace(keyspace);
  }

  /** Options for this wire; skips the test when the line does not speak it. */
  CqlOptions options(Wire wire) {
    wire.assumeSpokenBy(line());
    return wire.applyTo(options());
  }

  /** The session of the class for this wire; skips the test when the line does not speak it. */
  CqlSession on(Wire wire) {
    return open.computeIfAbsent(wire, key -> connect(options(key)));
  }

  CqlSession connect(CqlOptions options) {
    return Awaits.get(CqlSession.connect(vertx, options));
  }

  /** Executes set-up that takes part in no test. */
  void set(String cql) {
    node().execute(cql.replace("$ks", keyspace));
  }

  @Override
  public void close() {
    Awaits.get(vertx.close());
  }
}
