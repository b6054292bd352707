package cqloop.netty.it;

import static cqloop.testkit.fake.Conditions.query;
import static org.assertj.core.api.Assertions.assertThat;

import cqloop.CqlSession;
import cqloop.Row;
import cqloop.RowSet;
import cqloop.RowStream;
import cqloop.SimpleStatement;
import cqloop.error.PagingStuck;
import cqloop.testkit.fake.FakeNode;
import cqloop.testkit.fake.Replies;
import cqloop.testkit.fake.Request;
import cqloop.testkit.fake.RowsReply;
import cqloop.testkit.fake.WireType;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** D12: servers whose pages are empty and lead to themselves, and others that only look so. */
class StuckPagingTest {

  private static final SimpleStatement SELECT = SimpleStatement.of("SELECT v FROM ks.t");

  private final Fakes fakes = new Fakes();
  private final Vertx vertx = Vertx.vertx();
  private final AtomicInteger asked = new AtomicInteger();
  private FakeNode node;
  private CqlSession session;

  @BeforeEach
  void start() {
    node = fakes.start();
    session = Awaits.get(CqlSession.builder(vertx).options(Fakes.options(node)).connect());
  }

  @AfterEach
  void stop() {
    Awaits.get(vertx.close());
    fakes.close();
  }

  @Test
  void streamEndsWithAnErrorAndKeepsItsRows() {
    neverEnds();
    List<Integer> rows = new ArrayList<>();
    Awaits.failure(PagingStuck.class, stream(rows));
    assertThat(rows).containsExactly(42);
    // The first leads to the state; three answer it with itself.
    assertThat(asked).hasValue(4);
  }

  @Test
  void collectEndsWithAnError() {
    neverEnds();
    Awaits.failure(PagingStuck.class, session.collect(SELECT, Collectors.counting()));
    assertThat(asked).hasValue(4);
  }

  @Test
  void nextPageFailsAtTheThird() {
    neverEnds();
    RowSet page = Awaits.get(session.execute(SELECT));
    page = Awaits.get(page.nextPage());
    RowSet second = Awaits.get(page.nextPage());
    assertThat(second.hasMorePages()).isTrue();
    assertThat(Awaits.failure(PagingStuck.class, second.nextPage()))
        .hasMessageContaining("3 pages");
  }

  @Test
  void askingForOnePageAgainIsNoRepetition() {
    neverEnds();
    RowSet page = Awaits.get(session.execute(SELECT));
    for (int i = 0; i < 5; i++) {
      assertThat(Awaits.get(page.nextPage()).size()).isZero();
    }
  }

  @Test
  void twoRepetitionsBetweenRowsAreForgiven() {
    answer(page -> page % 3 == 0 ? page(page).row(page) : page(page - page % 3), 9);
    List<Integer> rows = new ArrayList<>();
    Awaits.get(stream(rows));
    assertThat(rows).containsExactly(0, 3, 6, 9);
  }

  @Test
  void manyEmptyPagesThatLeadOnAreRead() {
    int pages = 20_000;
    answer(StuckPagingTest::page, pages);
    List<Integer> rows = new ArrayList<>();
    Awaits.get(stream(rows));
    assertThat(rows).containsExactly(pages);
    asked.set(0);
    assertThat(Awaits.get(session.collect(SELECT, Collectors.counting()))).isEqualTo(1);
  }

  /** One row, and from then on the same state without a row. */
  private void neverEnds() {
    answer(page -> page == 0 ? page(7).row(42) : page(7), Integer.MAX_VALUE);
  }

  private interface Pages {
    RowsReply page(int number);
  }

  /** Answers with these pages; the last has one row with its number. */
  private void answer(Pages pages, int last) {
    node.when(query(SELECT.cql()))
        .answer(
            (Request request) -> {
              int number = asked.getAndIncrement();
              return number < last ? pages.page(number) : rows().row(number);
            });
  }

  private static RowsReply rows() {
    return Replies.rows().column("v", WireType.INT);
  }

  private static RowsReply page(int state) {
    return rows().pagingState((byte) (state >> 16), (byte) (state >> 8), (byte) state);
  }

  private Future<Void> stream(List<Integer> into) {
    RowStream stream = session.stream(SELECT);
    Promise<Void> end = Promise.promise();
    stream.exceptionHandler(end::tryFail).endHandler(end::tryComplete);
    stream.handler((Row row) -> into.add(row.getInt("v")));
    return end.future();
  }
}
