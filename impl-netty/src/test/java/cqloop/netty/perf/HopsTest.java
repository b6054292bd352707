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

/** How many tasks the requests put on the loops, exactly, and how often they look at the clock. */
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

  @Test
  void fromAnotherLoopOneHopInAndOneBackPerRequest() {
    int[] before = new int[2];

    HotSession.on(
        other,
        () -> {
          before[0] = hopsTo(home);
          before[1] = hopsTo(other);
          return Future.all(send());
        });

    assertThat(hopsTo(home) - before[0]).as("hops in").isEqualTo(HotSession.REQUESTS);
    assertThat(hopsTo(other) - before[1]).as("hops back").isEqualTo(HotSession.REQUESTS);
  }

  @Test
  void fromAPlainThreadOneHopInPerRequest() {
    try (HotSession single = new HotSession(WireVersion.V5, 1)) {
      PreparedStatement prepared = single.point();
      int before = hopsTo(single.home());

      // The context that Vert.x gives a plain thread is one of the only loop: no way back.
      HotSession.get(Future.all(send(single, prepared)));

      assertThat(hopsTo(single.home()) - before).as("hops").isEqualTo(HotSession.REQUESTS);
    }
  }

  @Test
  void requestsOfOneTurnLookAtTheClockTogether() {
    int[] looks = new int[2];

    HotSession.on(
        home,
        () -> {
          int before = looks(home);
          List<Future<RowSet>> requests = send();
          looks[0] = looks(home) - before;
          return Future.all(requests).onSuccess(all -> looks[1] = looks(home) - before);
        });

    assertThat(looks[0]).as("while 1000 requests begin").isLessThanOrEqualTo(2);
    // One per flush and per read of the socket, of which there are up to 40, and those of Netty.
    assertThat(looks[1]).as("until all are answered").isBetween(2, 200);
  }

  private static int looks(Context context) {
    return CountingTransport.looksAtTheClockOf(HotSession.loopOf(context));
  }

  private static int hopsTo(Context context) {
    return CountingTransport.hopsTo(HotSession.loopOf(context));
  }

  private List<Future<RowSet>> send() {
    return send(hot, point);
  }

  private static List<Future<RowSet>> send(HotSession session, PreparedStatement statement) {
    List<Future<RowSet>> sent = new ArrayList<>();
    for (int i = 0; i < HotSession.REQUESTS; i++) {
      sent.add(session.session().execute(statement.bind(4711)));
    }
    return sent;
  }
}
