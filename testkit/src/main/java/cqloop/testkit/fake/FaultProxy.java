package cqloop.testkit.fake;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.PromiseInternal;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Any thread; the work is done on one event loop. A TCP proxy in front of any address that delays,
 * stalls, swallows, splits, corrupts, cuts and resets, and can be switched at run time.
 */
public final class FaultProxy {
  /** Value. A direction of the bytes. */
  public enum Direction {
    TO_SERVER,
    TO_CLIENT
  }

  /**
   * Value. The counters at one moment.
   *
   * @param openLinks how many connections are proxied now
   * @param totalLinks how many were accepted
   * @param bytesToServer how many bytes were forwarded to the server
   * @param bytesToClient how many bytes were forwarded to the client
   * @param bytesSwallowed how many bytes were swallowed in both directions
   */
  public record Counters(
      int openLinks, int totalLinks, long bytesToServer, long bytesToClient, long bytesSwallowed) {}

  private final ContextInternal context;
  private final InetSocketAddress target;
  private final String host;
  private final ProxyCounter toServer = new ProxyCounter();
  private final ProxyCounter toClient = new ProxyCounter();
  private @Nullable NetServer server;
  // Held here: an unreachable client closes its sockets.
  private @Nullable NetClient client;

  /** Published: replaced whole by the loop. */
  private volatile List<ProxyLink> links = List.of();

  private volatile int totalLinks;
  private volatile int port;
  private volatile boolean refusing;
  private volatile boolean readingStopped;

  private FaultProxy(Vertx vertx, InetSocketAddress target, String host) {
    this.context = ((VertxInternal) vertx).createEventLoopContext();
    this.target = target;
    this.host = host;
  }

  /** Starts a proxy on 127.0.0.1 and a free port. */
  public static Future<FaultProxy> start(Vertx vertx, InetSocketAddress target) {
    return start(vertx, target, "127.0.0.1", 0);
  }

  /** Starts a proxy on a loopback address and a port; 0 takes a free one. */
  public static Future<FaultProxy> start(
      Vertx vertx, InetSocketAddress target, String host, int port) {
    FaultProxy proxy = new FaultProxy(vertx, target, host);
    return proxy.listen(port).map(proxy);
  }

  /** Where clients connect. */
  public InetSocketAddress address() {
    return new InetSocketAddress(host, port);
  }

  /** What is done to a direction now. */
  public ProxyFaults faults(Direction direction) {
    return counter(direction).faults();
  }

  /** Changes what is done to a direction: of open connections at once, and of those to come. */
  public Future<Void> change(Direction direction, UnaryOperator<ProxyFaults> change) {
    return onLoop(
        () -> {
          ProxyFaults next = change.apply(counter(direction).faults());
          counter(direction).setFaults(next);
          links.forEach(link -> link.pipe(direction).setFaults(next));
        });
  }

  /** Changes what is done to both directions. */
  public Future<Void> change(UnaryOperator<ProxyFaults> change) {
    return change(Direction.TO_SERVER, change).compose(v -> change(Direction.TO_CLIENT, change));
  }

  /** Ends all faults; stalled bytes are delivered. */
  public Future<Void> heal() {
    refusing = false;
    return stopReading(false).compose(v -> change(faults -> ProxyFaults.NONE));
  }

  /** Stops reading from both sides, so that their writes fill the buffers; or reads again. */
  public Future<Void> stopReading(boolean stop) {
    readingStopped = stop;
    return eachLink(link -> stopReading(link, stop));
  }

  /** Resets new connections at once, or accepts them again. */
  public void refuse(boolean refuse) {
    this.refusing = refuse;
  }

  /** Closes all connections with FIN. */
  public Future<Void> closeLinks() {
    return eachLink(ProxyLink::close);
  }

  /** Closes all connections with RST. */
  public Future<Void> resetLinks() {
    return eachLink(ProxyLink::reset);
  }

  /** Sends FIN to the receivers of a direction; the other direction goes on. */
  public Future<Void> halfClose(Direction direction) {
    return eachLink(link -> link.halfClose(direction));
  }

  /** The counters so far. */
  public Counters counters() {
    return new Counters(
        links.size(),
        totalLinks,
        toServer.forwardedBytes(),
        toClient.forwardedBytes(),
        toServer.swallowedBytes() + toClient.swallowedBytes());
  }

  /** Stops listening and closes all connections; {@link #resume} listens on the same port. */
  public Future<Void> stop() {
    return closeLinks()
        .compose(
            v -> {
              NetServer current = server;
              server = null;
              return current == null ? Future.succeededFuture() : current.close();
            })
        .compose(v -> ClosedServers.settle(context));
  }

  /** Listens again after {@link #stop}. */
  public Future<Void> resume() {
    return listen(port);
  }

  /** Stops for good. */
  public Future<Void> close() {
    NetClient current = client;
    return stop().compose(v -> current == null ? Future.succeededFuture() : current.close());
  }

  private Future<Void> listen(int wanted) {
    PromiseInternal<Void> promise = context.promise();
    context.runOnContext(
        v -> {
          if (client == null) {
            client = context.owner().createNetClient();
          }
          NetServer next = context.owner().createNetServer().connectHandler(this::accept);
          next.listen(wanted, host)
              .onSuccess(
                  bound -> {
                    server = bound;
                    port = bound.actualPort();
                  })
              .<Void>mapEmpty()
              .onComplete(promise);
        });
    return promise.future();
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // One writer: the loop of the proxy.
  private void accept(NetSocket socket) {
    NetClient connector = client;
    totalLinks++;
    if (refusing || connector == null) {
      ProxyLink.reset((NetSocketInternal) socket);
      return;
    }
    socket.pause();
    connector
        .connect(target.getPort(), target.getAddress().getHostAddress())
        .onSuccess(upstream -> link(socket, upstream))
        // As a closed port would look to the client.
        .onFailure(error -> ProxyLink.reset((NetSocketInternal) socket));
  }

  private void link(NetSocket socket, NetSocket upstream) {
    ProxyLink link = new ProxyLink(context, socket, upstream, toServer, toClient);
    List<ProxyLink> more = new ArrayList<>(links);
    more.add(link);
    links = List.copyOf(more);
    link.start(
        () -> {
          List<ProxyLink> fewer = new ArrayList<>(links);
          fewer.remove(link);
          links = List.copyOf(fewer);
        });
    if (readingStopped) {
      stopReading(link, true);
    }
  }

  private static void stopReading(ProxyLink link, boolean stop) {
    link.pipe(Direction.TO_SERVER).stopReading(stop);
    link.pipe(Direction.TO_CLIENT).stopReading(stop);
  }

  private ProxyCounter counter(Direction direction) {
    return direction == Direction.TO_SERVER ? toServer : toClient;
  }

  private Future<Void> eachLink(Consumer<ProxyLink> action) {
    return onLoop(() -> links.forEach(action));
  }

  private Future<Void> onLoop(Runnable action) {
    Supplier<Future<Void>> run =
        () -> {
          action.run();
          return Future.succeededFuture();
        };
    if (context.nettyEventLoop().inEventLoop()) {
      return run.get();
    }
    PromiseInternal<Void> promise = context.promise();
    context.runOnContext(v -> run.get().onComplete(promise));
    return promise.future();
  }
}
