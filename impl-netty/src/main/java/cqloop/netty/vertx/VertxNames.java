package cqloop.netty.vertx;

import cqloop.error.HostResolutionFailed;
import cqloop.netty.cluster.NameService;
import io.netty.channel.EventLoop;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.dns.DnsClient;
import io.vertx.core.dns.DnsClientOptions;
import io.vertx.core.internal.VertxInternal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Home-loop-owned. Names by the resolver of the application's Vert.x: its servers, hosts file and
 * cache. Nothing blocks, and every look-up has a limit.
 */
public final class VertxNames implements NameService {

  /**
   * The resolver of Vert.x is content with the addresses of the family that it prefers. For the
   * others it is asked once more, and not waited for longer than this once the first are known.
   */
  private static final long OTHER_FAMILY_MILLIS = 100;

  private final VertxInternal vertx;
  private final EventLoop home;
  private final Duration limit;
  private final Map<Promise<?>, String> pending = new IdentityHashMap<>();
  private @Nullable Future<DnsClient> client;
  private int asked;
  private boolean closed;

  /**
   * @param limit how long one look-up may take
   */
  public VertxNames(VertxInternal vertx, EventLoop home, Duration limit) {
    this.vertx = vertx;
    this.home = home;
    this.limit = limit;
  }

  @Override
  public Future<List<InetAddress>> addressesOf(String host) {
    Promise<List<InetAddress>> promise = Promise.promise();
    if (!begin(host, promise)) {
      return promise.future();
    }
    Future<List<String>> others = sixes(host);
    vertx
        .nameResolver()
        .resolveAll(home, host)
        .addListener(
            resolved -> {
              Set<InetAddress> found = new LinkedHashSet<>();
              if (resolved.isSuccess()) {
                for (Object address : (List<?>) resolved.getNow()) {
                  found.add(((InetSocketAddress) address).getAddress());
                }
              }
              withOthers(host, found, others, resolved.cause(), promise);
            });
    return promise.future();
  }

  private void withOthers(
      String host,
      Set<InetAddress> found,
      Future<List<String>> others,
      @Nullable Throwable failure,
      Promise<List<InetAddress>> promise) {
    Promise<Void> waited = Promise.promise();
    ScheduledFuture<?> patience = null;
    if (!found.isEmpty()) {
      patience =
          home.schedule(() -> waited.tryComplete(), OTHER_FAMILY_MILLIS, TimeUnit.MILLISECONDS);
    }
    ScheduledFuture<?> timer = patience;
    others.onComplete(
        (addresses, ignored) ->
            home.execute(
                () -> {
                  if (timer != null) {
                    timer.cancel(false);
                  }
                  waited.tryComplete();
                }));
    waited
        .future()
        .onSuccess(
            nothing -> {
              if (others.succeeded()) {
                found.addAll(parsed(others.result()));
              }
              if (found.isEmpty()) {
                promise.tryFail(new HostResolutionFailed(host, problem(failure), failure));
              } else {
                promise.tryComplete(new ArrayList<>(found));
              }
            });
  }

  private Future<List<String>> sixes(String host) {
    // Names without a dot come from the hosts file, as a rule: no server knows them.
    return host.indexOf('.') < 0
        ? Future.succeededFuture(List.of())
        : ask(dns -> dns.resolveAAAA(host));
  }

  private static List<InetAddress> parsed(List<String> texts) {
    List<InetAddress> addresses = new ArrayList<>(texts.size());
    for (String text : texts) {
      try {
        addresses.add(InetAddress.getByName(text));
      } catch (UnknownHostException e) {
        throw new IllegalStateException("'" + text + "' is no IPv6 address", e);
      }
    }
    return addresses;
  }

  @Override
  public Future<String> nameOf(InetAddress address) {
    String literal = address.getHostAddress();
    Promise<String> promise = Promise.promise();
    if (!begin(literal, promise)) {
      return promise.future();
    }
    ask(dns -> dns.reverseLookup(literal))
        .onComplete(
            (name, failure) -> home.execute(() -> complete(literal, name, failure, promise)));
    return promise.future();
  }

  private static void complete(
      String literal, @Nullable String name, @Nullable Throwable failure, Promise<String> promise) {
    if (name == null || name.isEmpty()) {
      promise.tryFail(new HostResolutionFailed(literal, problem(failure), failure));
    } else {
      // A name that ends in a dot is absolute; certificates have it without.
      promise.tryComplete(name.endsWith(".") ? name.substring(0, name.length() - 1) : name);
    }
  }

  /** Bounds a look-up; returns false when there are to be no more of them. */
  private <T> boolean begin(String host, Promise<T> promise) {
    if (closed) {
      promise.fail(closed(host));
      return false;
    }
    pending.put(promise, host);
    long millis = limit.toMillis();
    ScheduledFuture<?> timer =
        home.schedule(
            () ->
                promise.tryFail(
                    new HostResolutionFailed(
                        host, "no answer within %s ms".formatted(millis), null)),
            millis,
            TimeUnit.MILLISECONDS);
    promise
        .future()
        .onComplete(
            (result, failure) -> {
              timer.cancel(false);
              pending.remove(promise);
            });
    return true;
  }

  @Override
  public Future<Void> close() {
    closed = true;
    new IdentityHashMap<>(pending).forEach((promise, host) -> promise.tryFail(closed(host)));
    return asked == 0 ? closeClient() : Future.succeededFuture();
  }

  /**
   * Asks the client. When it is closed while a question is out, it complains in the log of having
   * to answer twice: so it is closed after the last answer, or the limit.
   */
  private <T> Future<T> ask(Function<DnsClient, Future<T>> question) {
    asked++;
    return client()
        .compose(question)
        .onComplete(
            (answer, failure) ->
                home.execute(
                    () -> {
                      if (--asked == 0 && closed) {
                        closeClient();
                      }
                    }));
  }

  private Future<Void> closeClient() {
    Future<DnsClient> made = client;
    client = null;
    // Nobody can do anything about a client that does not close.
    return made == null
        ? Future.succeededFuture()
        : made.compose(DnsClient::close).otherwiseEmpty();
  }

  private static HostResolutionFailed closed(String host) {
    return new HostResolutionFailed(host, "the session is closed", null);
  }

  /** Making one reads the hosts file: not on the loop. */
  private Future<DnsClient> client() {
    Future<DnsClient> made = client;
    if (made == null) {
      DnsClientOptions options = new DnsClientOptions().setQueryTimeout(limit.toMillis());
      made = vertx.executeBlocking(() -> vertx.createDnsClient(options));
      client = made;
    }
    return made;
  }

  private static String problem(@Nullable Throwable failure) {
    return failure == null || failure.getMessage() == null
        ? "it has no address"
        : failure.getMessage();
  }
}
