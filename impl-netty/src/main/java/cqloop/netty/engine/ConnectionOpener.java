package cqloop.netty.engine;

import cqloop.ProtocolVersion;
import cqloop.metadata.Node;
import cqloop.netty.conn.Connection;
import cqloop.netty.conn.ConnectionConfig;
import cqloop.netty.conn.ConnectionOwner;
import cqloop.netty.conn.Connector;
import cqloop.netty.conn.Negotiator;
import cqloop.netty.conn.Opening;
import cqloop.netty.conn.OpeningSteps;
import cqloop.netty.conn.ShardPort;
import cqloop.netty.conn.VersionRefused;
import cqloop.netty.pool.ConnectionSource;
import io.vertx.core.Completable;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Loop-owned. Opens the connections of the pools of one loop, with the version and the keyspace of
 * the session, and asks each which node it leads to. The first connection finds the version; a node
 * that refuses it, as one that is not upgraded yet does, is asked for its own.
 */
final class ConnectionOpener implements ConnectionSource {

  private final Connector connector;
  private final ConnectionConfig config;
  private final SharedState shared;
  private final NodeVerifier verifier;
  private final Consumer<ProtocolVersion> onOtherVersion;
  private final LoopMetrics metrics;

  /**
   * @param onOtherVersion told the version of a node that refuses that of the session
   */
  ConnectionOpener(
      Connector connector,
      ConnectionConfig config,
      SharedState shared,
      NodeVerifier verifier,
      Consumer<ProtocolVersion> onOtherVersion,
      LoopMetrics metrics) {
    this.connector = connector;
    this.config = config;
    this.shared = shared;
    this.verifier = verifier;
    this.onOtherVersion = onOtherVersion;
    this.metrics = metrics;
  }

  @Override
  public Opening open(
      Node node, @Nullable ShardPort shard, ConnectionOwner owner, Completable<Connection> done) {
    OpeningSteps steps = new OpeningSteps();
    open(steps, node, shard, owner, done);
    return steps;
  }

  private void open(
      OpeningSteps steps,
      Node node,
      @Nullable ShardPort shard,
      ConnectionOwner owner,
      Completable<Connection> done) {
    Connector.Target target =
        new Connector.Target(
            node.address(), node.endpoint(), shard, config, shared.keyspace(), owner);
    ProtocolVersion version = shared.version();
    Completable<Connection> opened =
        (connection, failure) -> onOpened(steps, target, node, connection, failure, done);
    if (version == null) {
      steps.next(() -> new Negotiator(connector, target, opened).start());
      return;
    }
    steps.next(
        () ->
            connector.connect(
                target,
                version,
                (connection, failure) -> {
                  if (failure instanceof VersionRefused) {
                    steps.next(() -> new Negotiator(connector, target, opened).start());
                  } else {
                    opened.complete(connection, failure);
                  }
                }));
  }

  private void onOpened(
      OpeningSteps steps,
      Connector.Target target,
      Node node,
      @Nullable Connection connection,
      @Nullable Throwable failure,
      Completable<Connection> done) {
    if (connection == null) {
      metrics.onNotConnected(failure);
      done.complete(null, failure);
      return;
    }
    ProtocolVersion version = connection.features().version();
    if (shared.version() == null) {
      shared.setVersion(version);
    } else if (shared.version() != version) {
      onOtherVersion.accept(version);
    }
    steps.next(
        () ->
            verifier.verify(
                connection,
                node,
                (verified, wrong) -> {
                  if (wrong == null) {
                    handOver(steps, target, node, connection, done);
                  } else {
                    metrics.onNotConnected(wrong);
                    done.fail(wrong);
                  }
                }));
  }

  /** USE does not reach a connection that is being opened: it would keep the keyspace of before. */
  private void handOver(
      OpeningSteps steps,
      Connector.Target target,
      Node node,
      Connection connection,
      Completable<Connection> done) {
    if (!Objects.equals(target.keyspace(), shared.keyspace())) {
      connection.close("the keyspace of the session changed while it was opened");
      open(steps, node, target.shard(), target.owner(), done);
    } else {
      done.succeed(connection);
    }
  }
}
