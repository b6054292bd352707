package cqloop.netty.conn;

import cqloop.ProtocolVersion;
import cqloop.error.ConnectionFailed;
import cqloop.error.CqlException;
import cqloop.metadata.Node;
import cqloop.netty.loop.Deadlines;
import io.netty.channel.EventLoop;
import io.vertx.core.Completable;
import io.vertx.core.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** Loop-owned. Opens connections on one loop: socket first, then the handshake. */
public final class Connector {

  private final EventLoop loop;
  private final Transport transport;
  private final Deadlines deadlines;
  private final Traffic traffic = new Traffic();

  public Connector(EventLoop loop, Transport transport, Deadlines deadlines) {
    this.loop = loop;
    this.transport = transport;
    this.deadlines = deadlines;
  }

  /** Returns what all connections of this loop have sent and received. */
  public Traffic traffic() {
    return traffic;
  }

  /**
   * Value. What to connect to, and how.
   *
   * @param address where the node listens
   * @param endpoint the same as {@code host:port}
   * @param shard how to get a connection to a certain shard, or null for any
   * @param keyspace keyspace to use, without quotes, or null
   * @param owner who hears of the connection once it is open
   */
  public record Target(
      SocketAddress address,
      String endpoint,
      @Nullable ShardPort shard,
      ConnectionConfig config,
      @Nullable String keyspace,
      ConnectionOwner owner) {

    /** Returns how messages name the node: with its name where that is known. */
    String label() {
      return Node.at(0, address).label();
    }
  }

  /**
   * Opens one connection that speaks this version.
   *
   * @param done completed on the loop, once: with a connection that takes requests, or with the
   *     {@link CqlException} that says why there is none
   */
  public Opening connect(Target target, ProtocolVersion version, Completable<Connection> done) {
    assert loop.inEventLoop();
    OpeningSteps steps = new OpeningSteps();
    steps.next(
        () ->
            transport
                .gate()
                .enter(
                    loop,
                    target.endpoint(),
                    patienceNanos(target.config()),
                    (pass, failure) -> {
                      if (failure == null) {
                        connect(steps, target, version, leaving(pass, done));
                      } else {
                        done.fail(asFailure(target, failure));
                      }
                    }));
    return steps;
  }

  /** Whoever waits longer than one opening may take waits for a node that does not answer. */
  private static long patienceNanos(ConnectionConfig config) {
    boolean bounded = config.connectNanos() > 0 && config.handshakeNanos() > 0;
    return bounded ? config.connectNanos() + config.handshakeNanos() : 0;
  }

  private static Completable<Connection> leaving(
      OpeningGate.Pass pass, Completable<Connection> done) {
    return (connection, failure) -> {
      pass.leave(failure == null);
      done.complete(connection, failure);
    };
  }

  private void connect(
      OpeningSteps steps, Target target, ProtocolVersion version, Completable<Connection> done) {
    ConnectionHandler handler = new ConnectionHandler(traffic);
    steps.next(
        () ->
            transport.connect(
                loop,
                target.address(),
                target.shard(),
                handler,
                (channel, failure) -> {
                  if (failure == null) {
                    Handshake handshake =
                        new Handshake(loop, handler, target, version, deadlines, done);
                    steps.next(handshake::start);
                  } else {
                    done.fail(asFailure(target, failure));
                  }
                }));
  }

  private static CqlException asFailure(Target target, Throwable failure) {
    if (failure instanceof CqlException known) {
      return known;
    }
    String problem = failure.getMessage() == null ? failure.toString() : failure.getMessage();
    return new ConnectionFailed(target.label(), problem, failure);
  }
}
