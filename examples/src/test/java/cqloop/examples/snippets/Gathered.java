package cqloop.examples.snippets;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.streams.WriteStream;
import java.util.ArrayList;
import java.util.List;

/** Owned by the context of its writer until it has ended. Keeps what is written. */
final class Gathered<T> implements WriteStream<T> {
  private final List<T> items = new ArrayList<>();
  private boolean ended;

  List<T> items() {
    return items;
  }

  boolean ended() {
    return ended;
  }

  @Override
  public Future<Void> write(T item) {
    items.add(item);
    return Future.succeededFuture();
  }

  @Override
  public Future<Void> end() {
    ended = true;
    return Future.succeededFuture();
  }

  @Override
  public WriteStream<T> exceptionHandler(Handler<Throwable> handler) {
    return this;
  }

  @Override
  public WriteStream<T> setWriteQueueMaxSize(int maxSize) {
    return this;
  }

  @Override
  public boolean writeQueueFull() {
    return false;
  }

  @Override
  public WriteStream<T> drainHandler(Handler<Void> handler) {
    return this;
  }
}
