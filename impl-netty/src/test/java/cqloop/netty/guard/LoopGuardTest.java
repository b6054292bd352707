package cqloop.netty.guard;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import reactor.blockhound.BlockingOperationError;

/** Plants what the guard must find. */
class LoopGuardTest {
  private volatile long spins;

  @Test
  void findsASleepOnAnEventLoop() throws Exception {
    onLoop(
        new VertxOptions(),
        () -> {
          try {
            Thread.sleep(1);
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });

    assertThat(Violations.drain())
        .singleElement()
        .isInstanceOf(BlockingOperationError.class)
        .satisfies(
            violation -> assertThat(violation).hasStackTraceContaining("findsASleepOnAnEventLoop"));
  }

  @Test
  void findsAWaitOnAnEventLoop() throws Exception {
    onLoop(new VertxOptions(), () -> new CompletableFuture<>().orTimeout(1, SECONDS).join());

    assertThat(Violations.drain())
        .isNotEmpty()
        .allMatch(violation -> violation instanceof BlockingOperationError);
  }

  @Test
  void letsWorkersWait() throws Exception {
    Vertx vertx = Vertx.vertx();
    Future<Void> slept =
        vertx.executeBlocking(
            () -> {
              Thread.sleep(1);
              return null;
            });
    slept.toCompletionStage().toCompletableFuture().get(10, SECONDS);
    vertx.close().toCompletionStage().toCompletableFuture().get(10, SECONDS);

    assertThat(Violations.drain()).isEmpty();
  }

  @Test
  void findsALoopThatIsStuck() throws Exception {
    VertxOptions impatient =
        new VertxOptions()
            .setBlockedThreadCheckInterval(10)
            .setBlockedThreadCheckIntervalUnit(TimeUnit.MILLISECONDS)
            .setMaxEventLoopExecuteTime(20)
            .setMaxEventLoopExecuteTimeUnit(TimeUnit.MILLISECONDS);
    long limitNanos = System.nanoTime() + SECONDS.toNanos(10);
    onLoop(
        impatient,
        () -> {
          // Busy on purpose: a wait would be found as such.
          while (Violations.isEmpty() && System.nanoTime() < limitNanos) {
            spins = System.nanoTime();
          }
        });

    assertThat(spins).isPositive();
    assertThat(Violations.drain())
        .isNotEmpty()
        .allMatch(violation -> violation.getMessage().contains("has been blocked for"));
  }

  @Test
  void findsABufferThatWasNotReleased() {
    assertThat(ResourceLeakDetector.getLevel()).isEqualTo(ResourceLeakDetector.Level.PARANOID);
    lose();

    Violations.findLostBuffers();

    assertThat(Violations.drain())
        .anySatisfy(violation -> assertThat(violation).hasMessageContaining("was not released"));
  }

  @Test
  void failsTheTestAndNamesWhatItFound() {
    LoopGuard.failOn(List.of());

    assertThatThrownBy(() -> LoopGuard.failOn(List.of(new AssertionError("a sleep"))))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("a sleep");
  }

  private static void lose() {
    ByteBufAllocator.DEFAULT.buffer(16).writeInt(7);
  }

  private static void onLoop(VertxOptions options, Runnable task) throws Exception {
    Vertx vertx = Vertx.vertx(options);
    Promise<Void> ran = Promise.promise();
    vertx.runOnContext(
        start -> {
          try {
            task.run();
          } catch (RuntimeException | Error e) {
            // The guard has seen it.
          } finally {
            ran.complete();
          }
        });
    ran.future().toCompletionStage().toCompletableFuture().get(20, SECONDS);
    vertx.close().toCompletionStage().toCompletableFuture().get(20, SECONDS);
  }
}
