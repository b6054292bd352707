package cqloop.netty.perf;

import static cqloop.netty.perf.HotSession.tasks;
import static org.assertj.core.api.Assertions.assertThat;

import cqloop.PreparedStatement;
import cqloop.RowSet;
import cqloop.netty.vertx.LoopContexts;
import cqloop.testkit.fake.WireVersion;
import io.netty.channel.EventLoop;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How many tasks the requests put on the loops: exactly, by the length of their queues. */
class HopsTest {

  private final HotSession hot = new HotSession(WireVersion.V5, 2);
  private final PreparedStatement point = hot.point();
  private final Context home = hot.home();
  private final Context other = otherContext();

  @AfterEach
  void close() {
    hot.close();
  }

  private Context otherContext() {
    for (EventLoop loop : LoopContexts.loopsOf(hot.vertx())) {
      if (loop != HotSession.loopOf(home)) {
        return LoopContexts.contextOn(hot.vertx(), loop);
      }
    }
    throw new AssertionError("This Vert.x has one loop only");
  }

  @Test
  void fromTheLoopItselfOneTaskPerTurnAndNoneOnAnotherThread() {
    int[] sent = new int[2];
    List<Integer> whenAnswered = new ArrayList<>();

    HotSession.on(
        home,
        () -> {
          int own = tasks(home);
          int foreign = tasks(other);
          List<Future<RowSet>> requests = send();
          sent[0] = tasks(home) - own;
          sent[1] = tasks(other) - foreign;
          requests.forEach(request -> request.onSuccess(rows -> whenAnswered.add(tasks(home))));
          return Future.all(requests);
        });

    assertThat(sent[0]).as("tasks on the loop: the flush").isEqualTo(1);
    assertThat(sent[1]).as("tasks on the other loop").isZero();
    assertThat(whenAnswered).hasSize(HotSession.REQUESTS).as("tasks per answer").containsOnly(0);
  }

  private List<Future<RowSet>> send() {
    List<Future<RowSet>> sent = new ArrayList<>();
    for (int i = 0; i < HotSession.REQUESTS; i++) {
      sent.add(hot.session().execute(point.bind(4711)));
    }
    return sent;
  }
}
