package cqloop.netty.vertx;

import io.vertx.core.Future;
import io.vertx.core.internal.Closeable;
import io.vertx.core.internal.CloseableResource;
import io.vertx.core.internal.VertxInternal;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Any thread. Something that is shared by name within one Vert.x, and closed when the last user has
 * released it.
 *
 * @param <T> what is shared
 */
public final class SharedResource<T> {

  private final CloseableResource<Holder<T>> resource;

  private SharedResource(CloseableResource<Holder<T>> resource) {
    this.resource = resource;
  }

  /**
   * Returns what is shared under this name; the first user makes it.
   *
   * @param key the kind of thing
   * @param closer closes it when nobody uses it any more
   */
  public static <T> SharedResource<T> acquire(
      VertxInternal vertx,
      String key,
      String name,
      Supplier<T> maker,
      Function<T, Future<Void>> closer) {
    return new SharedResource<>(
        vertx.createSharedResource(key, name, () -> new Holder<>(maker.get(), closer)));
  }

  public T get() {
    return resource.get().value;
  }

  /** Gives it back; to be called once. */
  public Future<Void> release() {
    return resource.close();
  }

  private record Holder<T>(T value, Function<T, Future<Void>> closer) implements Closeable {

    @Override
    public Future<Void> shutdown(Duration timeout) {
      return closer.apply(value);
    }
  }
}
