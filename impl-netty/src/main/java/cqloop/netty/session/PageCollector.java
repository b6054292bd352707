package cqloop.netty.session;

import cqloop.Row;
import cqloop.RowSet;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.function.BiConsumer;
import java.util.stream.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Facade. Feeds the rows of all pages to a collector. One promise for all of them: a chain of
 * futures would be as deep as there are pages, and end in a stack overflow.
 */
final class PageCollector<A, R> {

  private final A container;
  private final Collector<? super Row, A, R> collector;
  private final BiConsumer<A, ? super Row> accumulator;
  private final Promise<R> done = Promise.promise();

  private PageCollector(A container, Collector<? super Row, A, R> collector) {
    this.container = container;
    this.collector = collector;
    this.accumulator = collector.accumulator();
  }

  static <A, R> Future<R> collect(
      RowSet first, A container, Collector<? super Row, A, R> collector) {
    PageCollector<A, R> all = new PageCollector<>(container, collector);
    all.onPage(first, null);
    return all.done.future();
  }

  private void onPage(@Nullable RowSet page, @Nullable Throwable failure) {
    if (page == null) {
      done.fail(failure);
      return;
    }
    try {
      // The next page travels while this one is collected.
      Future<RowSet> next = page.hasMorePages() ? page.nextPage() : null;
      for (Row row : page) {
        accumulator.accept(container, row);
      }
      if (next == null) {
        done.complete(collector.finisher().apply(container));
      } else {
        next.onComplete(this::onPage);
      }
    } catch (RuntimeException broken) {
      // The collector is the application's: its failure is the result.
      done.fail(broken);
    }
  }
}
