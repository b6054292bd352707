package cqloop.netty.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import cqloop.Consistency;
import cqloop.CqlOptions;
import cqloop.CqlSession;
import cqloop.PolicyOptions;
import cqloop.RowSet;
import cqloop.SimpleStatement;
import cqloop.metadata.NodeState;
import cqloop.netty.it.Awaits;
import cqloop.testkit.CassandraCluster;
import cqloop.testkit.CassandraNode;
import cqloop.testkit.RecordedRequest;
import cqloop.testkit.fake.FaultProxy;
import cqloop.testkit.fake.FaultProxy.Direction;
import cqloop.testkit.fake.ProxyFaults.Flow;
import cqloop.testkit.junit.CassandraClusterTest;
import cqloop.testkit.junit.TestKeyspace;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * I3 and I9 on three real nodes: counters, list appends and conditional inserts while nodes are
 * killed and frozen, connections are reset and answers swallowed. Acknowledged ≤ applied ≤
 * acknowledged + those that may have been executed; each reaches the nodes once. Faults A1, A2, A5,
 * A6, D4, D5.
 */
@CassandraClusterTest(layout = "dc1:r1,r2,r1", crashSafe = true)
class LedgerIT {

  private static final int WRITERS = 12;
  private static final long PAUSE_MILLIS = 15;
  private static final int KINDS = 3;
  private static final Pattern OPERATION = Pattern.compile("/\\* operation (\\d+) \\*/");

  private static final Vertx VERTX = Vertx.vertx();
  private static final List<FaultProxy> PROXIES = new ArrayList<>();

  private final List<Ledger> ledgers = List.of(new Ledger(), new Ledger(), new Ledger());
  private int operations;
  private boolean stopped;

  @BeforeAll
  static void prepare(CassandraCluster cluster, @TestKeyspace String keyspace) {
    for (CassandraNode node : cluster.nodes()) {
      PROXIES.add(Awaits.get(FaultProxy.start(VERTX, node.address())));
    }
    CassandraNode first = cluster.node(0);
    first.execute("CREATE TABLE " + keyspace + ".k0 (k int PRIMARY KEY, n counter)");
    first.execute("CREATE TABLE " + keyspace + ".k1 (k int PRIMARY KEY, v list<int>)");
    first.execute("CREATE TABLE " + keyspace + ".k2 (k int PRIMARY KEY, v int)");
    cluster.awaitAgreement();
  }

  @AfterAll
  static void close() {
    PROXIES.forEach(proxy -> Awaits.get(proxy.close()));
    Awaits.get(VERTX.close());
  }

  @Test
  void nothingIsAppliedTwiceOrLostOrDenied(
      CassandraCluster cluster, @TestKeyspace String keyspace) {
    CqlSession session = Awaits.get(CqlSession.connect(VERTX, options(cluster, keyspace)));
    awaitAllUp(session);
    Context context = ((VertxInternal) VERTX).createEventLoopContext();
    List<Future<Void>> writers = new ArrayList<>();
    for (int i = 0; i < WRITERS; i++) {
      Promise<Void> ended = Promise.promise();
      writers.add(ended.future());
      context.runOnContext(nothing -> next(session, ended));
    }
    letThingsHappen(cluster, session);
    context.runOnContext(nothing -> stopped = true);
    writers.forEach(Awaits::get);
    awaitAllUp(session);

    ledgers.get(0).checkApplied(counted(session));
    ledgers.get(1).checkApplied(appended(session));
    ledgers.get(2).checkApplied(inserted(session));
    checkCopies(cluster);
    for (Ledger ledger : ledgers) {
      assertThat(ledger.acknowledged()).as("the test has power: " + ledger).hasSizeGreaterThan(100);
    }
    assertThat(ledgers.stream().mapToInt(ledger -> ledger.maybe().size()).sum())
        .as("operations that were under way when something broke: " + ledgers)
        .isPositive();
    Awaits.get(session.close());
  }

  private static CqlOptions options(CassandraCluster cluster, String keyspace) {
    JsonObject addresses = new JsonObject();
    CqlOptions options = new CqlOptions().setLocalDatacenter("dc1").setKeyspace(keyspace);
    for (int i = 0; i < PROXIES.size(); i++) {
      CassandraNode node = cluster.node(i);
      String proxy = "127.0.0.1:" + PROXIES.get(i).address().getPort();
      addresses.put(node.host() + ":" + node.port(), proxy);
      options.addContactPoint(proxy);
    }
    options
        .getConnection()
        .setAddressTranslator(
            new PolicyOptions("fixed-map").setConfig(new JsonObject().put("addresses", addresses)))
        .setReconnection(
            new PolicyOptions("constant").setConfig(new JsonObject().put("delay", 100)));
    options
        .getDefaultProfile()
        .setConsistency(Consistency.QUORUM)
        .setRequestTimeout(Duration.ofMillis(400))
        .setSpeculativeExecution(
            new PolicyOptions("constant").setConfig(new JsonObject().put("delay", 20)));
    return options;
  }

  /** One operation after the other until the test says stop. */
  private void next(CqlSession session, Promise<Void> ended) {
    if (stopped) {
      ended.complete();
      return;
    }
    int operation = operations++;
    Ledger ledger = ledgers.get(operation % KINDS);
    session
        .execute(statement(operation))
        .onComplete(
            (rows, failure) -> {
              try {
                if (failure == null) {
                  ledger.onSuccess(operation, rows);
                } else {
                  ledger.onFailure(operation, failure);
                }
                VERTX
                    .timer(PAUSE_MILLIS, TimeUnit.MILLISECONDS)
                    .onComplete((fired, none) -> next(session, ended));
              } catch (AssertionError wrong) {
                ended.fail(wrong);
              }
            });
  }

  private static SimpleStatement statement(int operation) {
    int key = operation % 5;
    String mark = " /* operation " + operation + " */";
    return SimpleStatement.of(
        switch (operation % KINDS) {
          case 0 -> "UPDATE k0 SET n = n + 1 WHERE k = " + key + mark;
          case 1 -> "UPDATE k1 SET v = v + [" + operation + "] WHERE k = " + key + mark;
          default -> "INSERT INTO k2 (k, v) VALUES (" + operation + ", 1) IF NOT EXISTS" + mark;
        });
  }

  private static void letThingsHappen(CassandraCluster cluster, CqlSession session) {
    pass(600);
    Awaits.get(PROXIES.get(0).resetLinks());
    pass(400);
    cluster.node(1).pause();
    pass(1_500);
    cluster.node(1).resume();
    pass(500);
    Awaits.get(
        PROXIES.get(2).change(Direction.TO_CLIENT, faults -> faults.withFlow(Flow.SWALLOWED)));
    pass(1_000);
    Awaits.get(PROXIES.get(2).heal());
    // What was swallowed is missing in the stream: nothing after it can be trusted.
    Awaits.get(PROXIES.get(2).resetLinks());
    pass(500);
    cluster.node(2).kill();
    pass(700);
    cluster.node(2).start();
    awaitAllUp(session);
    for (FaultProxy proxy : PROXIES) {
      Awaits.get(proxy.closeLinks());
      pass(300);
    }
  }

  /** Lets the writers write for a while. */
  private static void pass(long millis) {
    Awaits.get(VERTX.timer(millis, TimeUnit.MILLISECONDS));
  }

  private static void awaitAllUp(CqlSession session) {
    Awaits.until(
        "all nodes are up",
        Duration.ofSeconds(30),
        () ->
            session.topology().nodes().size() == PROXIES.size()
                && session.topology().nodes().stream()
                    .allMatch(node -> node.state() == NodeState.UP));
  }

  private static RowSet read(CqlSession session, String text, Consistency consistency) {
    SimpleStatement read =
        SimpleStatement.of(text)
            .withConsistency(consistency)
            .withIdempotent(true)
            .withTimeout(Duration.ofSeconds(10))
            .withPageSize(0);
    return Awaits.served(Duration.ofSeconds(20), () -> session.execute(read));
  }

  private static long counted(CqlSession session) {
    long sum = 0;
    for (var row : read(session, "SELECT n FROM k0", Consistency.ALL)) {
      sum += row.getLong("n");
    }
    return sum;
  }

  private static List<Integer> appended(CqlSession session) {
    List<Integer> all = new ArrayList<>();
    for (var row : read(session, "SELECT v FROM k1", Consistency.ALL)) {
      all.addAll(row.getList("v", Integer.class));
    }
    return all;
  }

  /** Conditional inserts that nobody saw the end of are ended by a serial read of their row. */
  private List<Integer> inserted(CqlSession session) {
    for (int operation : ledgers.get(2).maybe()) {
      read(session, "SELECT v FROM k2 WHERE k = " + operation, Consistency.SERIAL);
    }
    List<Integer> all = new ArrayList<>();
    read(session, "SELECT k FROM k2", Consistency.ALL).forEach(row -> all.add(row.getInt("k")));
    return all;
  }

  private void checkCopies(CassandraCluster cluster) {
    Map<Integer, Integer> copies = new HashMap<>();
    for (CassandraNode node : cluster.nodes()) {
      for (RecordedRequest request : node.requests()) {
        Matcher matcher = OPERATION.matcher(request.cql());
        if (matcher.find()) {
          copies.merge(Integer.valueOf(matcher.group(1)), 1, Integer::sum);
        }
      }
    }
    for (int operation = 0; operation < operations; operation++) {
      Ledger ledger = ledgers.get(operation % KINDS);
      int seen = copies.getOrDefault(operation, 0);
      assertThat(seen)
          .as("copies of operation %d on the wire", operation)
          .isLessThanOrEqualTo(ledger.allowedCopies(operation));
      if (ledger.acknowledged().contains(operation)) {
        assertThat(seen).as("copies of acknowledged operation %d", operation).isPositive();
      }
    }
  }
}
