package cqloop.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cqloop.bench.spi.BenchClient;
import cqloop.bench.spi.Completion;
import cqloop.bench.spi.Target;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class LaneTest {
  private static final Job JOB = new Job(Workload.POINT, 8, 50);

  @Test
  void keepsTheWantedNumberOfRequestsInFlight() {
    Queued client = new Queued();
    long deadline = System.nanoTime() + 20_000_000L;
    Lane lane = new Lane(client, JOB, deadline);

    client.enter(0, () -> lane.start(8, 0));
    int rounds = 0;
    while (!lane.end().isDone()) {
      int expected = System.nanoTime() < deadline ? 8 : client.waiting.size();
      assertThat(client.waiting).hasSizeBetween(Math.min(1, expected), 8);
      client.waiting.remove().complete(true);
      rounds++;
    }

    assertThat(client.waiting).isEmpty();
    assertThat(lane.end().join().requests()).isEqualTo(rounds);
  }

  @Test
  void doesNotRecurseWhenAClientCompletesAtOnce() throws Exception {
    Tally tally =
        new DriverLoad(
                new Queued() {
                  @Override
                  public void pointSelect(int key, Completion done) {
                    done.complete(true);
                  }
                })
            .run(JOB);

    assertThat(tally.requests()).isGreaterThan(10_000);
  }

  @Test
  void failsWhenAValueIsWrong() {
    DriverLoad load =
        new DriverLoad(
            new Queued() {
              @Override
              public void pointSelect(int key, Completion done) {
                done.complete(key % 2 == 0);
              }
            });

    assertThatThrownBy(() -> load.run(JOB))
        .isInstanceOf(ExecutionException.class)
        .hasMessageContaining("a value read is not the one expected: POINT");
  }

  @Test
  void failsWhenARequestFails() {
    DriverLoad load =
        new DriverLoad(
            new Queued() {
              @Override
              public void pointSelect(int key, Completion done) {
                throw new IllegalStateException("no connection");
              }
            });

    assertThatThrownBy(() -> load.run(JOB)).hasMessageContaining("no connection");
  }

  /** Completes nothing by itself. */
  private static class Queued implements BenchClient {
    final Queue<Completion> waiting = new ArrayDeque<>();

    @Override
    public void prepareWorld(Target target) {}

    @Override
    public void connect(Target target) {}

    @Override
    public int lanes() {
      return 1;
    }

    @Override
    public void enter(int lane, Runnable body) {
      body.run();
    }

    @Override
    public void pointSelect(int key, Completion done) {
      waiting.add(done);
    }

    @Override
    public void insert(int key, Completion done) {
      waiting.add(done);
    }

    @Override
    public void pageScan(Completion done) {
      waiting.add(done);
    }

    @Override
    public void stream(int pages, Completion done) {
      waiting.add(done);
    }

    @Override
    public void close() {}
  }
}
