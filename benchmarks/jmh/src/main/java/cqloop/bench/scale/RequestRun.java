package cqloop.bench.scale;

import cqloop.CqlSession;
import cqloop.PreparedStatement;
import cqloop.RowSet;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Promise;

/**
 * Loop-owned. What one request costs the thread of an event loop, with some always in flight:
 * bytes, CPU time, and, where Linux counts them, calls that read and write.
 */
final class RequestRun {

  private final LoopCost cost = new LoopCost();
  private final CqlSession session;
  private final PreparedStatement statement;
  private final Promise<String> done = Promise.promise();
  private final int keys;
  private final int inFlight;
  private int sent;

  /**
   * @param keys how many partitions are asked for in turn; one has its replicas on three nodes
   */
  RequestRun(CqlSession session, PreparedStatement statement, int keys, int inFlight) {
    this.session = session;
    this.keys = keys;
    this.statement = statement;
    this.inFlight = inFlight;
  }

  String run(Context context) throws Exception {
    context.runOnContext(
        turn -> {
          for (int i = 0; i < inFlight; i++) {
            send();
          }
        });
    return done.future().toCompletionStage().toCompletableFuture().get();
  }

  private void send() {
    if (sent == LoopCost.REQUESTS) {
      return;
    }
    session.execute(statement.bind(sent++ % keys)).onComplete(this::onAnswer);
  }

  private void onAnswer(AsyncResult<RowSet> answer) {
    if (answer.failed()) {
      done.tryFail(answer.cause());
    } else if (cost.count()) {
      done.tryComplete(cost.perRequest());
    }
    send();
  }
}
