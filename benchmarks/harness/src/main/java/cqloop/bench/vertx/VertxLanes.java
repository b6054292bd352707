package cqloop.bench.vertx;

import cqloop.bench.spi.Origin;
import cqloop.bench.spi.Target;
import io.vertx.core.Context;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Facade. One Vert.x with one verticle per lane, each on an event loop of its own or on a worker
 * thread.
 */
public final class VertxLanes implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 30;

  private final Vertx vertx;
  private final List<Context> contexts = Collections.synchronizedList(new ArrayList<>());

  private VertxLanes(Vertx vertx) {
    this.vertx = vertx;
  }

  /** Starts as many event loops and verticles as the target says. */
  public static VertxLanes start(Target target) throws Exception {
    VertxOptions options =
        new VertxOptions()
            .setEventLoopPoolSize(target.eventLoops())
            .setWorkerPoolSize(target.eventLoops())
            .setPreferNativeTransport(true);
    VertxLanes lanes = new VertxLanes(Vertx.vertx(options));
    // The first client of a Vert.x starts its cleaner thread, which is not the driver's.
    await(lanes.vertx.createNetClient().close());
    ThreadingModel model =
        target.origin() == Origin.WORKER ? ThreadingModel.WORKER : ThreadingModel.EVENT_LOOP;
    DeploymentOptions deployment =
        new DeploymentOptions().setInstances(target.eventLoops()).setThreadingModel(model);
    await(lanes.vertx.deployVerticle(() -> lanes.new LaneVerticle(), deployment));
    return lanes;
  }

  /** The Vert.x of the run. */
  public Vertx vertx() {
    return vertx;
  }

  /** Number of verticles. */
  public int size() {
    return contexts.size();
  }

  /** Runs {@code body} inside the verticle of a lane. */
  public void enter(int lane, Runnable body) {
    contexts.get(lane).runOnContext(ignored -> body.run());
  }

  /** Waits on a plain thread for a result of Vert.x. */
  public static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public void close() throws Exception {
    await(vertx.close());
  }

  private final class LaneVerticle extends VerticleBase {
    @Override
    public Future<?> start() {
      contexts.add(context);
      return Future.succeededFuture();
    }
  }
}
