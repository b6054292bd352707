package cqloop.netty.conn;

import static org.assertj.core.api.Assertions.assertThat;

import cqloop.netty.loop.Counter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class InFlightTest {

  @Test
  void handsOutEveryIdOnceUpToTheLimit() {
    StreamIds ids = new StreamIds(32_768);
    Set<Integer> seen = new HashSet<>();
    for (int i = 0; i < 32_768; i++) {
      seen.add(ids.acquire());
    }
    assertThat(seen).hasSize(32_768).allMatch(id -> id >= 0 && id <= 32_767);
    assertThat(ids.acquire()).isEqualTo(-1);
    assertThat(ids.inUse()).isEqualTo(32_768);
    ids.release(32_767);
    assertThat(ids.acquire()).isEqualTo(32_767);
  }

  @Test
  void usesTheLatelyReturnedIdFirst() {
    StreamIds ids = new StreamIds(100);
    for (int i = 0; i < 50; i++) {
      ids.acquire();
    }
    ids.release(3);
    ids.release(40);
    assertThat(ids.acquire()).isEqualTo(40);
    assertThat(ids.acquire()).isEqualTo(3);
    assertThat(ids.acquire()).isEqualTo(50);
  }

  @Test
  void neverHandsOutAnIdThatIsTaken() {
    SplittableRandom random = new SplittableRandom(1);
    StreamIds ids = new StreamIds(200);
    List<Integer> taken = new ArrayList<>();
    for (int i = 0; i < 100_000; i++) {
      if (random.nextBoolean()) {
        int id = ids.acquire();
        assertThat(id < 0).isEqualTo(taken.size() == 200);
        if (id >= 0) {
          assertThat(taken).doesNotContain(id);
          taken.add(id);
        }
      } else if (!taken.isEmpty()) {
        ids.release(taken.remove(random.nextInt(taken.size())));
      }
      assertThat(ids.inUse()).isEqualTo(taken.size());
    }
  }

  @Test
  void anOrphanKeepsItsIdUntilTheAnswerComes() {
    InFlight inFlight = new InFlight(2, new Counter());
    OneServer.Answer first = new OneServer.Answer();
    OneServer.Answer second = new OneServer.Answer();
    assertThat(inFlight.add(first)).isTrue();
    assertThat(inFlight.add(second)).isTrue();
    inFlight.orphan(first);
    assertThat(inFlight.orphans()).isEqualTo(1);
    assertThat(inFlight.isFull()).isTrue();
    assertThat(inFlight.add(new OneServer.Answer())).isFalse();
    assertThat(inFlight.isTaken(first.streamId)).isTrue();
    assertThat(inFlight.complete(first.streamId)).isNull();
    assertThat(inFlight.orphans()).isZero();
    assertThat(inFlight.complete(second.streamId)).isSameAs(second);
    assertThat(inFlight.size()).isZero();
    assertThat(inFlight.isTaken(first.streamId)).isFalse();
  }

  @Test
  void theIdBeyondTheLimitDoesNotCount() {
    InFlight inFlight = new InFlight(1, new Counter());
    OneServer.Answer heartbeat = new OneServer.Answer();
    inFlight.put(inFlight.limit(), heartbeat);
    assertThat(inFlight.size()).isZero();
    assertThat(inFlight.add(new OneServer.Answer())).isTrue();
    assertThat(inFlight.complete(inFlight.limit())).isSameAs(heartbeat);
    assertThat(inFlight.size()).isEqualTo(1);
  }

  @Test
  void drainsWhatStillWaits() {
    InFlight inFlight = new InFlight(100, new Counter());
    List<PendingResponse> all = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      OneServer.Answer answer = new OneServer.Answer();
      inFlight.add(answer);
      all.add(answer);
    }
    inFlight.orphan(all.remove(4));
    ArrayDeque<PendingResponse> drained = new ArrayDeque<>();
    inFlight.drain(drained::add);
    assertThat(drained).containsExactlyElementsOf(all);
    assertThat(inFlight.orphans()).isZero();
    assertThat(inFlight.isTaken(0)).isFalse();
  }

  @Test
  void knowsNoIdBeyondThoseInUse() {
    InFlight inFlight = new InFlight(32_767, new Counter());
    assertThat(inFlight.isTaken(0)).isFalse();
    assertThat(inFlight.isTaken(32_767)).isFalse();
  }
}
