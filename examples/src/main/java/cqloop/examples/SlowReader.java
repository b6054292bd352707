package cqloop.examples;

import cqloop.Row;
import cqloop.RowStream;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;

/** Owned by the context of its stream. Takes a number of rows, rests for a moment, and goes on. */
final class SlowReader {
  private static final int ROWS_BEFORE_A_REST = 250;
  private static final long REST_MILLIS = 3;

  private final Vertx vertx;
  private final RowStream stream;
  private final Promise<SlowReader> done = Promise.promise();
  private int rows;
  private int rests;
  private double sum;

  SlowReader(Vertx vertx, RowStream stream) {
    this.vertx = vertx;
    this.stream = stream;
  }

  /** Reads to the end. */
  Future<SlowReader> read() {
    stream
        .exceptionHandler(done::tryFail)
        .endHandler(end -> done.tryComplete(this))
        .handler(this::onRow);
    return done.future();
  }

  int rows() {
    return rows;
  }

  int rests() {
    return rests;
  }

  double mean() {
    return sum / rows;
  }

  private void onRow(Row row) {
    sum += row.getFloat(0);
    rows++;
    if (rows % ROWS_BEFORE_A_REST == 0) {
      rests++;
      stream.pause();
      vertx.setTimer(REST_MILLIS, timer -> stream.resume());
    }
  }
}
