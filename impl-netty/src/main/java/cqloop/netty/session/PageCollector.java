package cqloop.netty.session;

import cqloop.Row;
import cqloop.RowSet;
import io.vertx.core.Future;
import java.util.function.BiConsumer;
import java.util.stream.Collector;

/** Any thread. Feeds the rows of all pages to a collector. */
final class PageCollector {

  private PageCollector() {}

  static <A, R> Future<R> collect(
      RowSet page, A container, Collector<? super Row, A, R> collector) {
    BiConsumer<A, ? super Row> accumulator = collector.accumulator();
    // The next page travels while this one is collected.
    Future<RowSet> next = page.hasMorePages() ? page.nextPage() : null;
    for (Row row : page) {
      accumulator.accept(container, row);
    }
    return next == null
        ? Future.succeededFuture(collector.finisher().apply(container))
        : next.compose(more -> collect(more, container, collector));
  }
}
