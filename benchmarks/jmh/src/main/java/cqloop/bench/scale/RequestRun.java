package cqloop.bench.scale;

import cqloop.CqlSession;
import cqloop.PreparedStatement;
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
  private final int warmUp;
  private final int requests;
  private int sent;
  private int answered;

  /**
   * @param keys how many partitions are asked for in turn; one has its replicas on three nodes
   */
  RequestRun(
      CqlSession session,
      PreparedStatement statement,
      int keys,
      int inFlight,
      int warmUp,
      int requests) {
    this.session = session;
    this.keys = keys;
    this.statement = statement;
    this.inFlight = inFlight;
    this.warmUp = warmUp;
    this.requests = requests;
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
    if (sent == warmUp + requests) {
      return;
    }
    session
        .execute(statement.bind(sent++ % keys))
        .onFailure(done::tryFail)
        .onSuccess(rows -> onAnswer());
  }

  private void onAnswer() {
    answered++;
    if (answered == warmUp) {
      cost.begin();
    } else if (answered == warmUp + requests) {
      done.tryComplete(cost.per(requests));
    }
    send();
  }
}
