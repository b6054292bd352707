package cqloop.netty.session;

import cqloop.PagingState;
import cqloop.Row;
import cqloop.RowSet;
import cqloop.RowStream;
import cqloop.Statement;
import cqloop.error.PagingStuck;
import cqloop.netty.exec.PageProgress;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.PromiseInternal;
import org.jspecify.annotations.Nullable;

/**
 * Facade. Rows of all pages with backpressure. Its state belongs to the context that made the
 * stream: calls from elsewhere are moved there, so that handlers never run at the same time.
 *
 * <p>The page after the one at hand is asked for when its first row is delivered, and not while the
 * stream is paused: at most one page waits.
 */
final class RowStreamImpl implements RowStream {

  /** After so many rows in one go other work of the context gets its turn. */
  private static final int ROWS_PER_TURN = 512;

  private final SessionCore core;
  private final ContextInternal context;
  private final int profile;
  private final @Nullable CallerStack made;

  private Statement<?> nextStatement;
  private @Nullable Handler<Row> handler;
  private @Nullable Handler<Throwable> exceptionHandler;
  private @Nullable Handler<Void> endHandler;
  private long demand = Long.MAX_VALUE;
  private @Nullable RowSet page;
  private int nextRow;
  private @Nullable RowSet prefetched;
  private int idlePages;
  private boolean fetching;
  private boolean delivering;
  private boolean turnPlanned;
  private boolean ended;
  private volatile @Nullable PagingState lastState;

  /**
   * @param made the stack of the call that made the stream, for failures, or null
   */
  RowStreamImpl(
      SessionCore core,
      ContextInternal context,
      Statement<?> first,
      int profile,
      @Nullable CallerStack made) {
    this.core = core;
    this.context = context;
    this.nextStatement = first;
    this.profile = profile;
    this.made = made;
  }

  @Override
  public RowStream handler(@Nullable Handler<Row> newHandler) {
    onContext(
        () -> {
          handler = newHandler;
          if (newHandler != null && page == null && !ended) {
            fetchPage();
          } else {
            deliver();
          }
        });
    return this;
  }

  @Override
  public RowStream exceptionHandler(@Nullable Handler<Throwable> newHandler) {
    onContext(() -> exceptionHandler = newHandler);
    return this;
  }

  @Override
  public RowStream endHandler(@Nullable Handler<Void> newHandler) {
    onContext(() -> endHandler = newHandler);
    return this;
  }

  @Override
  public RowStream pause() {
    onContext(() -> demand = 0);
    return this;
  }

  @Override
  public RowStream resume() {
    return fetch(Long.MAX_VALUE);
  }

  /**
   * @throws IllegalArgumentException when the amount is negative
   */
  @Override
  public RowStream fetch(long amount) {
    if (amount < 0) {
      throw new IllegalArgumentException("Amount of rows must not be negative: " + amount);
    }
    onContext(
        () -> {
          demand = demand + amount < 0 ? Long.MAX_VALUE : demand + amount;
          deliver();
        });
    return this;
  }

  @Override
  public @Nullable PagingState pagingState() {
    return lastState;
  }

  @Override
  public Future<Void> close() {
    PromiseInternal<Void> promise = core.vertx().getOrCreateContext().promise();
    onContext(
        () -> {
          ended = true;
          page = null;
          prefetched = null;
          handler = null;
          promise.complete();
        });
    return promise.future();
  }

  /**
   * Handlers and demand change at once for a caller on the context, and in order for all others.
   */
  private void onContext(Runnable change) {
    if (context.inThread()) {
      change.run();
    } else {
      context.execute(change);
    }
  }

  private void fetchPage() {
    if (fetching || ended) {
      return;
    }
    fetching = true;
    PromiseInternal<RowSet> promise = context.promise();
    promise.future().onComplete(this::onPage);
    core.execute(context, nextStatement, profile, promise);
  }

  private void onPage(@Nullable RowSet received, @Nullable Throwable failure) {
    fetching = false;
    if (ended) {
      return;
    }
    if (received == null) {
      end(failure);
      return;
    }
    PagingState askedWith = nextStatement.settings().pagingState();
    try {
      idlePages = PageProgress.check(idlePages, askedWith, received);
    } catch (PagingStuck stuck) {
      end(stuck);
      return;
    }
    PagingState state = received.pagingState();
    lastState = state;
    if (state != null) {
      nextStatement = nextStatement.withPagingState(state);
    }
    if (page == null) {
      page = received;
      nextRow = 0;
    } else {
      prefetched = received;
    }
    deliver();
  }

  /** Delivers while there are rows and demand; safe to be called from within a handler. */
  private void deliver() {
    if (delivering || ended) {
      return;
    }
    delivering = true;
    try {
      int rows = 0;
      while (!ended && demand > 0 && handler != null && advance()) {
        if (rows++ == ROWS_PER_TURN) {
          planTurn();
          return;
        }
        deliverNext(handler);
      }
    } finally {
      delivering = false;
    }
  }

  private void deliverNext(Handler<Row> to) {
    RowSet current = page;
    if (current == null) {
      return;
    }
    if (demand != Long.MAX_VALUE) {
      demand--;
    }
    Row row = current.get(nextRow++);
    if (nextRow == 1 && current.hasMorePages()) {
      fetchPage();
    }
    context.dispatch(row, to);
  }

  /** Makes sure that there is a row at hand; false when the next page must come first. */
  private boolean advance() {
    RowSet current = page;
    while (current != null && nextRow >= current.size()) {
      if (!current.hasMorePages()) {
        end(null);
        return false;
      }
      if (prefetched == null) {
        fetchPage();
        return false;
      }
      page = prefetched;
      current = prefetched;
      prefetched = null;
      nextRow = 0;
    }
    return current != null;
  }

  private void planTurn() {
    if (!turnPlanned) {
      turnPlanned = true;
      context
          .nettyEventLoop()
          .execute(
              () ->
                  context.execute(
                      () -> {
                        turnPlanned = false;
                        deliver();
                      }));
    }
  }

  private void end(@Nullable Throwable reason) {
    ended = true;
    page = null;
    prefetched = null;
    Throwable failure = reason == null || made == null ? reason : made.in(reason);
    if (failure == null && endHandler != null) {
      context.dispatch(null, endHandler);
    } else if (failure != null && exceptionHandler != null) {
      context.dispatch(failure, exceptionHandler);
    } else if (failure != null) {
      context.reportException(failure);
    }
  }
}
