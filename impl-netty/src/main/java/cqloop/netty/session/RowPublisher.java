package cqloop.netty.session;

import cqloop.Row;
import cqloop.RowStream;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** Any thread. A view of streams as a publisher: each subscriber gets a stream of its own. */
final class RowPublisher implements Flow.Publisher<Row> {

  private final Supplier<RowStream> streams;

  RowPublisher(Supplier<RowStream> streams) {
    this.streams = streams;
  }

  @Override
  public void subscribe(Flow.Subscriber<? super Row> subscriber) {
    if (subscriber == null) {
      throw new NullPointerException("subscriber"); // Reactive Streams, 1.9.
    }
    new RowSubscription(streams.get(), subscriber).begin();
  }

  /** Any thread. The demand of one subscriber. */
  private static final class RowSubscription implements Flow.Subscription {

    private final RowStream stream;
    private final Flow.Subscriber<? super Row> subscriber;
    private final AtomicBoolean done = new AtomicBoolean();

    RowSubscription(RowStream stream, Flow.Subscriber<? super Row> subscriber) {
      this.stream = stream;
      this.subscriber = subscriber;
    }

    void begin() {
      stream.pause();
      stream.exceptionHandler(
          failure -> {
            if (done.compareAndSet(false, true)) {
              subscriber.onError(failure);
            }
          });
      stream.endHandler(
          nothing -> {
            if (done.compareAndSet(false, true)) {
              subscriber.onComplete();
            }
          });
      subscriber.onSubscribe(this);
      if (!done.get()) {
        stream.handler(
            row -> {
              if (!done.get()) {
                subscriber.onNext(row);
              }
            });
      }
    }

    @Override
    public void request(long rows) {
      if (done.get()) {
        return;
      }
      if (rows > 0) {
        stream.fetch(rows);
      } else if (done.compareAndSet(false, true)) {
        stream.close();
        // Reactive Streams, 3.9.
        subscriber.onError(
            new IllegalArgumentException("Demand must be at least 1 row, not " + rows));
      }
    }

    @Override
    public void cancel() {
      if (done.compareAndSet(false, true)) {
        stream.close();
      }
    }
  }
}
