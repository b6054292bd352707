package cqloop.netty.it;

import static org.assertj.core.api.Assertions.assertThat;

import cqloop.CqlSession;
import cqloop.PagingState;
import cqloop.PreparedStatement;
import cqloop.Row;
import cqloop.RowSet;
import cqloop.SimpleStatement;
import cqloop.error.NoPagingState;
import cqloop.testkit.CassandraCluster;
import cqloop.testkit.junit.CassandraTest;
import cqloop.testkit.junit.TestKeyspace;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Pages of a result, one by one. */
@CassandraTest
class PagingIT {

  private static final int ROWS = 250;

  private static Sessions sessions;

  @BeforeAll
  static void open(CassandraCluster cluster, @TestKeyspace String keyspace) {
    sessions = new Sessions(cluster, keyspace);
    sessions.set("CREATE TABLE $ks.t (p int, c int, v text, PRIMARY KEY (p, c))");
    CqlSession session = sessions.on(Wire.V4);
    PreparedStatement insert =
        Awaits.get(session.prepare("INSERT INTO t (p, c, v) VALUES (1, ?, ?)"));
    List<Future<RowSet>> all = new ArrayList<>();
    for (int c = 0; c < ROWS; c++) {
      all.add(session.execute(insert.bind(c, "v" + c)));
    }
    Awaits.get(Future.all(all));
  }

  @AfterAll
  static void close() {
    sessions.close();
  }

  @ParameterizedTest
  @EnumSource(Wire.class)
  void nextPageLeadsThroughAllRows(Wire wire) {
    CqlSession session = sessions.on(wire);
    SimpleStatement select =
        SimpleStatement.of("SELECT c, v FROM t WHERE p = ?", 1).withPageSize(20);
    assertAll(Awaits.get(session.execute(select)), 20);
    PreparedStatement prepared =
        Awaits.get(session.prepare("SELECT c, v FROM t WHERE p = ? /* prepared */"));
    assertAll(Awaits.get(session.execute(prepared.bind(1).withPageSize(20))), 20);
  }

  @ParameterizedTest
  @EnumSource(names = {"V3", "V4", "V5"})
  void savedStateContinuesInAnotherSession(Wire wire) {
    SimpleStatement select = SimpleStatement.of("SELECT c FROM t WHERE p = 1").withPageSize(100);
    RowSet first = Awaits.get(sessions.on(wire).execute(select));
    byte[] saved = first.pagingState().toByteArray();
    CqlSession other = sessions.connect(sessions.options(wire));
    RowSet second =
        Awaits.get(other.execute(select.withPagingState(PagingState.of(saved)).withPageSize(3)));
    assertThat(second.all()).extracting(row -> row.getInt(0)).containsExactly(100, 101, 102);
    assertThat(second.hasMorePages()).isTrue();
    Awaits.get(other.close());
  }

  @ParameterizedTest
  @EnumSource(names = {"V3", "V4", "V5"})
  void withoutPagingAResultIsOnePage(Wire wire) {
    CqlSession session = sessions.on(wire);
    RowSet all =
        Awaits.get(
            session.execute(SimpleStatement.of("SELECT c FROM t WHERE p = 1").withPageSize(0)));
    assertThat(all.size()).isEqualTo(ROWS);
    assertThat(all.hasMorePages()).isFalse();
    assertThat(all.pagingState()).isNull();
    Awaits.failure(NoPagingState.class, all.nextPage());
  }

  @ParameterizedTest
  @EnumSource(names = {"V3", "V4", "V5"})
  void collectGathersEveryPage(Wire wire) {
    CqlSession session = sessions.on(wire);
    String mark = "collect " + wire;
    List<Integer> all =
        Awaits.get(
            session.collect(
                SimpleStatement.of("SELECT c FROM t WHERE p = 1 /* " + mark + " */")
                    .withPageSize(60),
                Collectors.mapping(row -> row.getInt(0), Collectors.toList())));
    assertThat(all).isEqualTo(IntStream.range(0, ROWS).boxed().toList());
    assertThat(sessions.node().requests(mark)).hasSize(5);
    assertThat(
            Awaits.get(
                session.collect(
                    SimpleStatement.of("SELECT c FROM t WHERE p = 999"), Collectors.counting())))
        .isZero();
  }

  @ParameterizedTest
  @EnumSource(names = {"V3", "V4", "V5"})
  void rowsOfAPageMayBeReadInAnyOrderAndLater(Wire wire) {
    CqlSession session = sessions.on(wire);
    RowSet page =
        Awaits.get(
            session.execute(SimpleStatement.of("SELECT c, v FROM t WHERE p = 1").withPageSize(50)));
    Row last = page.get(49);
    Row first = page.first();
    assertThat(Awaits.get(page.nextPage()).first().getString("v")).isEqualTo("v50");
    assertThat(last.getString("v")).isEqualTo("v49");
    assertThat(first.getString("v")).isEqualTo("v0");
    assertThat(page.all()).hasSize(50);
    assertThat(page).as("iterates as often as one likes").hasSize(50);
    assertThat(page.all().stream().map(row -> row.getInt("c")).distinct()).hasSize(50);
  }

  private static void assertAll(RowSet first, int pageSize) {
    List<Integer> seen = new ArrayList<>();
    RowSet page = first;
    while (true) {
      for (Row row : page) {
        assertThat(row.getString("v")).isEqualTo("v" + row.getInt("c"));
        seen.add(row.getInt("c"));
      }
      if (!page.hasMorePages()) {
        break;
      }
      assertThat(page.size()).isEqualTo(pageSize);
      page = Awaits.get(page.nextPage());
    }
    assertThat(seen).isEqualTo(IntStream.range(0, ROWS).boxed().toList());
  }
}
