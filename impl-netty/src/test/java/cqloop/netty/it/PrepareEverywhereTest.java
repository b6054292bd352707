package cqloop.netty.it;

import static cqloop.testkit.fake.Conditions.prepare;
import static org.assertj.core.api.Assertions.assertThat;

import cqloop.CqlOptions;
import cqloop.CqlSession;
import cqloop.PreparedStatement;
import cqloop.SimpleStatement;
import cqloop.metadata.NodeState;
import cqloop.testkit.fake.Conditions;
import cqloop.testkit.fake.Errors;
import cqloop.testkit.fake.FakeCluster;
import cqloop.testkit.fake.FakeClusterOptions;
import cqloop.testkit.fake.FakeNode;
import cqloop.testkit.fake.Opcode;
import cqloop.testkit.fake.Request;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Statements are prepared on every node, and again on one that comes up: rules 2.11. */
class PrepareEverywhereTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String A = "SELECT a FROM t";
  private static final String B = "SELECT b FROM t";
  private static final String C = "SELECT c FROM t";

  private final FakeClusterSession client =
      new FakeClusterSession(
          1, new FakeClusterOptions().addDatacenter("dc1", 3, 1).setFirstAddress("127.0.72.1"));
  private final FakeCluster cluster = client.cluster();
  private final CqlOptions options = Fakes.options(cluster.node(0)).setLocalDatacenter("dc1");

  @AfterEach
  void stop() {
    client.close();
  }

  @Test
  void isKnownToEveryNodeWhenThePreparingIsDone() {
    CqlSession session = connect();
    Awaits.get(session.prepare(A));
    for (FakeNode node : cluster.nodes()) {
      assertThat(node.requests(prepare(A))).as("at %s", node.address()).hasSize(1);
    }
  }

  @Test
  void mayBeSwitchedOff() {
    options.getRequest().setPrepareOnAllNodes(false);
    CqlSession session = connect();
    Awaits.get(session.prepare(A));
    assertThat(prepares()).containsExactly(A);
  }

  @Test
  void whatOneTextAsksForManyTimesAtOnceIsPreparedOncePerNode() {
    CqlSession session = connect();
    List<Future<PreparedStatement>> all = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      all.add(session.prepare(A));
    }
    Awaits.get(Future.all(all));
    assertThat(prepares()).containsExactly(A, A, A);
  }

  @Test
  void aNodeThatRefusesAndOneThatHangsHoldNobodyUp() {
    CqlSession session = connect();
    String first = Fakes.endpoint(cluster.node(0));
    cluster.node(1).when(prepare(B)).reply(Errors.error(Errors.OVERLOADED, "busy"));
    cluster.node(2).when(prepare(B)).drop();
    long before = System.nanoTime();
    PreparedStatement prepared = Awaits.get(session.prepare(SimpleStatement.of(B).withNode(first)));
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
    Awaits.get(session.execute(prepared.bind().withNode(first)));
    assertThat(prepares()).containsExactly(B, B, B);
  }

  @Test
  void aNodeThatComesUpIsGivenWhatTheSessionRemembers() {
    options.getRequest().setPreparedCacheSize(2);
    CqlSession session = connect();
    FakeNode node = cluster.node(2);
    Awaits.get(session.prepare(A));
    Awaits.get(session.prepare(B));
    Awaits.get(session.prepare(C));
    Awaits.get(cluster.takeDown(node));
    client.awaitState(PATIENCE, node, NodeState.DOWN);
    Awaits.get(node.forgetPrepared());
    cluster.each(FakeNode::clearRequests);
    Awaits.get(cluster.bringUp(node));
    Awaits.get(node.awaitRequest(prepare(C)));
    Awaits.get(node.awaitRequest(prepare(B)));
    client.awaitState(PATIENCE, node, NodeState.UP);
    // The first one was forgotten for want of room; the others were not asked again.
    assertThat(prepares()).containsExactly(C, B);
    Awaits.get(session.prepare(A));
    assertThat(prepares()).contains(A);
  }

  @Test
  void afterUseANodeIsNotGivenWhatMeansSomethingElseNow() {
    CqlSession session = connect();
    FakeNode node = cluster.node(2);
    Awaits.get(session.useKeyspace("one"));
    Awaits.get(session.prepare(A));
    Awaits.get(session.useKeyspace("two"));
    Awaits.get(session.prepare(B));
    Awaits.get(cluster.takeDown(node));
    client.awaitState(PATIENCE, node, NodeState.DOWN);
    cluster.each(FakeNode::clearRequests);
    Awaits.get(cluster.bringUp(node));
    Awaits.get(node.awaitRequest(prepare(B)));
    client.awaitState(PATIENCE, node, NodeState.UP);
    assertThat(prepares()).containsExactly(B);
  }

  @Test
  void useDoesNotWaitForANodeThatHangs() {
    CqlSession session = connect();
    String first = Fakes.endpoint(cluster.node(0));
    cluster.node(2).when(Conditions.cqlPrefix("USE")).drop();
    long before = System.nanoTime();
    Awaits.get(session.execute(SimpleStatement.of("USE other").withNode(first)));
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(6));
    assertThat(session.keyspace()).isEqualTo("other");
  }

  private CqlSession connect() {
    CqlSession session = client.connect(options);
    client.awaitAllUp(PATIENCE);
    return session;
  }

  private List<String> prepares() {
    List<String> texts = new ArrayList<>();
    for (FakeNode node : cluster.nodes()) {
      for (Request request : node.requests(Conditions.opcode(Opcode.PREPARE))) {
        texts.add(request.cql());
      }
    }
    return texts;
  }
}
