package cqloop.netty.perf;

import static org.assertj.core.api.Assertions.assertThat;

import cqloop.PreparedStatement;
import cqloop.RowSet;
import cqloop.testkit.fake.WireVersion;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How often the requests of one turn of the loop touch the socket. */
class SocketTest {

  private static final int GATHERED_BYTES = 256 * 1024;

  @ParameterizedTest
  @EnumSource(names = {"V4", "V5"})
  void smallRequestsOfOneTurnAreOneFlushAndOneWrite(WireVersion version) {
    try (HotSession hot = new HotSession(version, 1)) {
      PreparedStatement point = hot.point();
      hot.transport().reset();

      HotSession.on(hot.home(), () -> Future.all(send(hot, point, 4711)));

      assertThat(hot.transport().flushes()).as("flushes of 1000 requests").isEqualTo(1);
      assertThat(hot.transport().writes()).as("writes of 1000 requests").isEqualTo(1);
      // One write of the node; the receive buffer grows from 2 KB, which takes a few reads.
      assertThat(hot.transport().reads()).as("reads of 1000 answers").isLessThanOrEqualTo(40);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"V4", "V5"})
  void bigRequestsAreFlushedEachTimeThatEnoughHasGathered(WireVersion version) {
    try (HotSession hot = new HotSession(version, 1)) {
      PreparedStatement insert = hot.insert();
      String text = "x".repeat(600);
      hot.transport().reset();

      HotSession.on(
          hot.home(), () -> Future.all(send(hot, insert, 1, 2L, 3, text, 4.0, new UUID(5, 6))));

      int most = HotSession.REQUESTS * 700 / GATHERED_BYTES + 1;
      assertThat(hot.transport().flushes()).as("flushes of 700 KB").isBetween(2, most);
    }
  }

  private static List<Future<RowSet>> send(
      HotSession hot, PreparedStatement statement, Object... values) {
    List<Future<RowSet>> sent = new ArrayList<>();
    for (int i = 0; i < HotSession.REQUESTS; i++) {
      sent.add(hot.session().execute(statement.bind(values)));
    }
    return sent;
  }
}
