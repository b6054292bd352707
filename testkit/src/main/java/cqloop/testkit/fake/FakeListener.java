package cqloop.testkit.fake;

import io.vertx.core.Future;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Loop-owned, except what it publishes. The listening sockets of a node and their connections. */
final class FakeListener {
  private final FakeNode node;
  private final FakeNodeOptions options;
  private final ContextInternal context;
  private final NodeCounters counters;
  private final List<NetServer> servers = new ArrayList<>();

  /** Published: replaced whole by the loop. */
  private volatile List<FakeConnection> connections = List.of();

  private volatile int shardAwarePort;
  private volatile Consumer<FakeConnection> onConnect = connection -> {};

  FakeListener(
      FakeNode node, FakeNodeOptions options, ContextInternal context, NodeCounters counters) {
    this.node = node;
    this.options = options;
    this.context = context;
    this.counters = counters;
  }

  /** Listens; the result is the port, which is a free one when {@code port} is 0. */
  Future<Integer> listen(int port) {
    return bind(port, false)
        .compose(
            plain -> {
              if (options.shards() == 0) {
                return Future.succeededFuture(plain);
              }
              return bind(shardAwarePort, true)
                  .map(
                      aware -> {
                        shardAwarePort = aware;
                        return plain;
                      });
            });
  }

  Future<Void> stop() {
    List<Future<Void>> closed = new ArrayList<>();
    servers.forEach(server -> closed.add(server.close()));
    servers.clear();
    return Future.join(closed)
        .compose(v -> each(FakeConnection::close))
        .compose(v -> ClosedServers.settle(context));
  }

  Future<Void> each(Function<FakeConnection, Future<Void>> action) {
    List<Future<Void>> done = new ArrayList<>();
    connections.forEach(connection -> done.add(action.apply(connection)));
    return Future.all(done).mapEmpty();
  }

  List<FakeConnection> connections() {
    return connections;
  }

  int shardAwarePort() {
    return shardAwarePort;
  }

  void onConnect(Consumer<FakeConnection> action) {
    onConnect = action;
  }

  private Future<Integer> bind(int port, boolean shardAware) {
    NetServer server = context.owner().createNetServer(options.serverOptions());
    server.connectHandler(socket -> accept(socket, shardAware));
    return server
        .listen(port, options.host())
        .map(
            bound -> {
              servers.add(bound);
              return bound.actualPort();
            });
  }

  private void accept(NetSocket socket, boolean shardAware) {
    Integer shard = shard(socket, shardAware);
    FakeConnection connection =
        new FakeConnection(node, (NetSocketInternal) socket, counters.nextConnection(), shard);
    List<FakeConnection> more = new ArrayList<>(connections);
    more.add(connection);
    connections = List.copyOf(more);
    socket.closeHandler(
        v -> {
          connection.onClose();
          List<FakeConnection> fewer = new ArrayList<>(connections);
          fewer.remove(connection);
          connections = List.copyOf(fewer);
        });
    // A reset by the client is normal in tests; the close handler follows.
    socket.exceptionHandler(error -> connection.onClose());
    socket.handler(connection::onBytes);
    onConnect.accept(connection);
  }

  private @Nullable Integer shard(NetSocket socket, boolean shardAware) {
    if (options.shards() == 0) {
      return null;
    }
    if (shardAware) {
      // Scylla protocol-extensions.md: the source port decides.
      return socket.remoteAddress().port() % options.shards();
    }
    int[] load = new int[options.shards()];
    for (FakeConnection connection : connections) {
      Integer taken = connection.shard();
      if (taken != null) {
        load[taken]++;
      }
    }
    int least = 0;
    for (int i = 1; i < load.length; i++) {
      least = load[i] < load[least] ? i : least;
    }
    return least;
  }
}
