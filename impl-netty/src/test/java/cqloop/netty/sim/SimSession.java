package cqloop.netty.sim;

import cqloop.BatchStatement;
import cqloop.PreparedStatement;
import cqloop.RowSet;
import cqloop.SimpleStatement;
import cqloop.Statement;
import io.vertx.core.Completable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Not shared. One session of a simulation: a client on a loop of its own, which follows the cluster
 * or is told of it, and the requests that were made through it.
 */
final class SimSession {

  private final SimWorld world;
  private final SplittableRandom random;
  private final SimLoop loop;
  private final SimClient client;
  private final List<SimCall> calls = new ArrayList<>();
  private final List<PreparedStatement> prepared = new ArrayList<>();
  private final List<Outcome<PreparedStatement>> preparing = new ArrayList<>();
  private SimControl control;
  private boolean closing;
  private boolean tellsTwice;

  SimSession(SimWorld world, SimNetwork network) {
    this.world = world;
    this.random = world.random();
    this.loop = new SimLoop(world);
    this.client = new SimClient(network, loop);
  }

  /**
   * Connects to the first servers.
   *
   * @param refreshNanos how often it reads the cluster, 0 when it does not follow the cluster at
   *     all
   */
  void start(int servers, long refreshNanos) {
    client.start(servers);
    if (refreshNanos > 0) {
      control = new SimControl(client, loop, refreshNanos);
    }
    for (int i = 0; i < 3; i++) {
      preparing.add(client.prepare("SELECT v, pad FROM t" + i + " WHERE k = ?"));
    }
  }

  /** Makes some requests in one turn of the loop. */
  void issue(long firstToken, int burst) {
    loop.run(
        () -> {
          for (int i = 0; i < burst; i++) {
            issue(firstToken + i);
          }
        });
  }

  private void issue(long token) {
    boolean idempotent = random.nextBoolean();
    long timeoutNanos =
        random.nextBoolean() ? client.timeoutNanos : SimWorld.millis(random.nextLong(5, 1000));
    Statement<?> statement = statement(token).withIdempotent(idempotent);
    if (timeoutNanos != client.timeoutNanos) {
      statement = statement.withTimeout(Duration.ofNanos(timeoutNanos));
    }
    execute(statement, new SimCall(token, 0, timeoutNanos, idempotent, new Outcome<RowSet>(world)));
  }

  private void execute(Statement<?> statement, SimCall call) {
    calls.add(call);
    world.trace("%s begins, %s", call, call.idempotent() ? "idempotent" : "once");
    client.execute(statement, traced(statement, call));
  }

  private Completable<RowSet> traced(Statement<?> statement, SimCall call) {
    return (rows, failure) -> {
      world.trace("%s ends: %s", call, failure == null ? "rows" : failure);
      call.outcome().complete(rows, failure);
      if (tellsTwice && call.token() % 30 == 7) {
        call.outcome().complete(rows, failure);
      }
      if (rows != null && rows.pagingState() != null) {
        execute(
            statement.withPagingState(rows.pagingState()),
            new SimCall(
                call.token(),
                call.page() + 1,
                call.timeoutNanos(),
                call.idempotent(),
                new Outcome<RowSet>(world)));
      }
    };
  }

  private Statement<?> statement(long token) {
    if (prepared.isEmpty()) {
      preparing.stream()
          .filter(outcome -> outcome.isDone() && outcome.failure() == null)
          .forEach(outcome -> prepared.add(outcome.value()));
    }
    SimpleStatement text = SimpleStatement.of("SELECT v, pad FROM t WHERE k = " + token);
    return switch (random.nextInt(prepared.isEmpty() ? 4 : 9)) {
      case 0 -> text;
      case 1 -> SimpleStatement.of("SELECT v, pad FROM t WHERE k = ?", token);
      case 2 -> BatchStatement.logged(text, text);
      case 3 -> SimpleStatement.of("SELECT v FROM pages WHERE k = " + token);
      case 4 -> BatchStatement.unlogged(bound(token), bound(token));
      default -> bound(token);
    };
  }

  private Statement<?> bound(long token) {
    return prepared.get(random.nextInt(prepared.size())).bind(token);
  }

  /** Asks for something simple with time enough: in good weather it must be answered. */
  SimCall ask(long token) {
    SimCall call = new SimCall(token, 0, SimWorld.seconds(10), true, new Outcome<RowSet>(world));
    Statement<?> statement =
        SimpleStatement.of("SELECT v, pad FROM t WHERE k = " + token)
            .withIdempotent(true)
            .withTimeout(Duration.ofNanos(call.timeoutNanos()))
            .withAttemptTimeout(Duration.ofSeconds(4));
    loop.run(() -> execute(statement, call));
    return call;
  }

  /**
   * Closes it.
   *
   * @param now whether requests that run are dropped
   * @param lastWords how many requests are made in the same turn, so that they are not flushed
   */
  void close(boolean now, long firstToken, int lastWords) {
    closing = true;
    world.trace("a client closes, %s", now ? "now" : "when idle");
    loop.run(
        () -> {
          issue(firstToken, lastWords);
          if (control != null) {
            control.close();
          }
          if (now) {
            client.engine().closeNow();
          } else {
            client.engine().closeWhenIdle();
          }
        });
  }

  void tellSomeOutcomesTwice() {
    tellsTwice = true;
  }

  boolean isClosing() {
    return closing;
  }

  /** Whether it finds out by itself which nodes there are. */
  boolean followsCluster() {
    return control != null;
  }

  SimClient client() {
    return client;
  }

  SimLoop loop() {
    return loop;
  }

  List<SimCall> calls() {
    return calls;
  }

  List<Outcome<PreparedStatement>> preparing() {
    return preparing;
  }
}
