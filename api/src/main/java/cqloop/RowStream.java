package cqloop;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.streams.ReadStream;
import org.jspecify.annotations.Nullable;

/**
 * Facade. All rows of all pages, with backpressure: while the stream is paused at most one page is
 * fetched ahead. Nothing is sent before a {@link #handler} is set. Handlers are called on the
 * context that made the stream. After a failure the end handler is not called.
 */
public interface RowStream extends ReadStream<Row> {

  @Override
  RowStream exceptionHandler(@Nullable Handler<Throwable> handler);

  @Override
  RowStream handler(@Nullable Handler<Row> handler);

  @Override
  RowStream pause();

  @Override
  RowStream resume();

  @Override
  RowStream fetch(long amount);

  @Override
  RowStream endHandler(@Nullable Handler<Void> endHandler);

  /** Returns where the page after the last one received begins, or null. */
  @Nullable PagingState pagingState();

  /** Ends the stream early; no handler is called afterwards. May be called twice. */
  Future<Void> close();
}
