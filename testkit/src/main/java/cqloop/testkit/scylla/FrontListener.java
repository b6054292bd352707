package cqloop.testkit.scylla;

import io.vertx.core.Future;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Loop-owned, except what it publishes. The listening sockets of a front and their connections. */
final class FrontListener {
  static final int PORT = 9042;

  private final ContextInternal context;
  private final FrontState state;
  private final InetSocketAddress target;
  private @Nullable NetServer usual;
  private @Nullable NetServer byShard;
  // Held here: an unreachable client closes its sockets.
  private @Nullable NetClient connector;
  private int accepted;

  /** Published: replaced whole by the loop. */
  private volatile List<FrontLink> links = List.of();

  FrontListener(ContextInternal context, FrontState state, InetSocketAddress target) {
    this.context = context;
    this.state = state;
    this.target = target;
  }

  List<FrontLink> links() {
    return links;
  }

  /** Listens at the usual port, and at the shard-aware one if the plan says so. */
  Future<Void> listen() {
    if (connector == null) {
      connector = context.owner().createNetClient();
    }
    return bind(PORT, false)
        .compose(
            server -> {
              usual = server;
              return listenByShard();
            });
  }

  /** Closes the shard-aware port, and opens it again if the plan says so. */
  Future<Void> changeShardPort() {
    NetServer current = byShard;
    byShard = null;
    return close(current).compose(v -> listenByShard());
  }

  /** Closes the ports and all connections. */
  Future<Void> stop() {
    List<Future<Void>> closing = new ArrayList<>();
    closing.add(close(usual));
    closing.add(close(byShard));
    usual = null;
    byShard = null;
    links.forEach(FrontLink::close);
    return Future.join(closing).mapEmpty();
  }

  /** Ends for good. */
  Future<Void> close() {
    NetClient current = connector;
    return stop().compose(v -> current == null ? Future.succeededFuture() : current.close());
  }

  private Future<Void> listenByShard() {
    FrontPlan plan = state.plan();
    if (plan.shardPort() == ShardPort.REFUSED || plan.shardPort() == ShardPort.NOT_ANNOUNCED) {
      return Future.succeededFuture();
    }
    int port = plan.tls() == null ? SupportedOptions.SHARD_PORT : SupportedOptions.SHARD_PORT_TLS;
    return bind(port, true)
        .map(
            server -> {
              byShard = server;
              return null;
            });
  }

  private Future<NetServer> bind(int port, boolean shardAware) {
    NetServerOptions tls = state.plan().tls();
    return context
        .owner()
        .createNetServer(tls == null ? new NetServerOptions() : new NetServerOptions(tls))
        .connectHandler(socket -> accept(socket, shardAware))
        .listen(port, state.plan().host());
  }

  private void accept(NetSocket socket, boolean shardAware) {
    int shard = shardAware ? shardOf(socket.remoteAddress().port()) : leastLoaded();
    FrontConnection connection = new FrontConnection(++accepted, shard, shardAware, Set.of(), null);
    RequestDesk desk = new RequestDesk(state, connection);
    List<FrontLink> more = new ArrayList<>(links);
    FrontLink link = new FrontLink(socket, desk, () -> forget(connection.number()));
    more.add(link);
    links = List.copyOf(more);
    NetClient client = connector;
    if (client == null) {
      link.close();
      return;
    }
    client
        .connect(target.getPort(), target.getAddress().getHostAddress())
        .onSuccess(link::connected)
        .onFailure(error -> link.close());
  }

  private void forget(int number) {
    List<FrontLink> fewer = new ArrayList<>(links);
    fewer.removeIf(link -> link.connection().number() == number);
    links = List.copyOf(fewer);
  }

  private int shardOf(int localPort) {
    int shards = state.plan().sharder().shards();
    // protocol-extensions.md: the local port of the client decides.
    int asked = localPort % shards;
    return state.plan().shardPort() == ShardPort.TRANSLATED ? (asked + 1) % shards : asked;
  }

  /** At the usual port the node chooses: the shard with the fewest connections. */
  private int leastLoaded() {
    int[] load = new int[state.plan().sharder().shards()];
    for (FrontLink link : links) {
      load[link.connection().shard()]++;
    }
    int least = 0;
    for (int i = 1; i < load.length; i++) {
      least = load[i] < load[least] ? i : least;
    }
    return least;
  }

  private static Future<Void> close(@Nullable NetServer server) {
    return server == null ? Future.succeededFuture() : server.close();
  }
}
