package cqloop.netty.it;

import static cqloop.testkit.fake.Conditions.batch;
import static cqloop.testkit.fake.Conditions.runs;
import static cqloop.testkit.fake.Replies.rows;
import static org.assertj.core.api.Assertions.assertThat;

import cqloop.BatchStatement;
import cqloop.Consistency;
import cqloop.CqlSession;
import cqloop.PolicyOptions;
import cqloop.PreparedStatement;
import cqloop.ProfileOptions;
import cqloop.RowSet;
import cqloop.SimpleStatement;
import cqloop.Statement;
import cqloop.error.InvalidOptions;
import cqloop.error.Overloaded;
import cqloop.testkit.fake.Errors;
import cqloop.testkit.fake.FakeCluster;
import cqloop.testkit.fake.FakeClusterOptions;
import cqloop.testkit.fake.FakeNode;
import cqloop.testkit.fake.Request;
import cqloop.testkit.fake.WireType;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Policies and other options of a profile that single statements and batches set for themselves.
 */
class StatementPoliciesIT {

  private static final String Q = "SELECT v FROM t";
  private static final ProfileOptions NO_RETRY =
      new ProfileOptions().setRetry(new PolicyOptions("counting"));

  private final CountingRetry counting = new CountingRetry();
  private final FakeClusterSession client =
      new FakeClusterSession(1, new FakeClusterOptions().addDatacenter("dc1", 3, 1));
  private final FakeCluster cluster = client.cluster();
  private CqlSession session;

  @BeforeEach
  void start() {
    session =
        client.connect(
            Fakes.options(cluster.node(0))
                .setLocalDatacenter("dc1")
                .addProfile("small", new ProfileOptions().setPageSize(7)),
            counting);
    Set<String> reached = new HashSet<>();
    Awaits.until(
        "all nodes are connected",
        Duration.ofSeconds(20),
        () -> {
          reached.add(coordinatorOf(SimpleStatement.of("SELECT 1")));
          return reached.size() == 3;
        });
  }

  @AfterEach
  void stop() {
    client.close();
  }

  @Test
  void theRetryPolicyOfEachKindOfStatement() {
    PreparedStatement prepared =
        Awaits.get(session.prepare(SimpleStatement.of(Q).withProfileOptions(NO_RETRY)));
    cluster.each(
        node -> {
          node.when(runs(Q)).reply(Errors.error(Errors.OVERLOADED, "busy"));
          node.when(batch()).reply(Errors.error(Errors.OVERLOADED, "busy"));
        });
    SimpleStatement simple = SimpleStatement.of(Q);
    BatchStatement batch = BatchStatement.unlogged(SimpleStatement.of("INSERT"));
    for (int i = 0; i < 10; i++) {
      assertThat(attempts(simple.withProfileOptions(NO_RETRY))).isEqualTo(1);
      assertThat(attempts(prepared.bind())).isEqualTo(1);
      assertThat(attempts(batch.withProfileOptions(NO_RETRY))).isEqualTo(1);
    }
    assertThat(counting.made).as("made once on the one loop, not for each request").hasValue(1);
    assertThat(attempts(simple)).as("the default asks every node").isEqualTo(3);
    assertThat(attempts(batch.withProfileOptions(NO_RETRY).withProfileOptions(null))).isEqualTo(3);
  }

  @Test
  void aPolicyThatDoesNotExistFailsTheRequest() {
    InvalidOptions unknown =
        Awaits.failure(
            InvalidOptions.class,
            session.execute(
                SimpleStatement.of(Q)
                    .withProfileOptions(
                        new ProfileOptions().setRetry(new PolicyOptions("fallthru")))));
    assertThat(unknown).hasMessageContainingAll("fallthru", "fallthrough");
    Awaits.failure(
        InvalidOptions.class,
        session.execute(
            SimpleStatement.of(Q)
                .withProfileOptions(
                    new ProfileOptions()
                        .setRetry(
                            new PolicyOptions("counting")
                                .setConfig(new JsonObject().put("kex", 1))))));
  }

  @Test
  void loadBalancingAndListsOfAStatement() {
    SimpleStatement second =
        SimpleStatement.of(Q)
            .withProfileOptions(
                new ProfileOptions()
                    .setLoadBalancing(
                        new PolicyOptions("single-node")
                            .setConfig(new JsonObject().put("node", endpoint(1)))));
    SimpleStatement others =
        SimpleStatement.of(Q)
            .withProfileOptions(new ProfileOptions().setDenyHosts(List.of(endpoint(1))));
    Set<String> rest = new HashSet<>();
    for (int i = 0; i < 20; i++) {
      assertThat(coordinatorOf(second)).isEqualTo(endpoint(1));
      rest.add(coordinatorOf(others));
    }
    assertThat(rest).containsExactlyInAnyOrder(endpoint(0), endpoint(2));
  }

  @Test
  void speculationOfAStatement() {
    cluster.each(
        node -> node.when(runs(Q)).replyAfter(300, rows().column("v", WireType.INT).row(1)));
    ProfileOptions soon =
        new ProfileOptions()
            .setSpeculativeExecution(
                new PolicyOptions("constant")
                    .setConfig(new JsonObject().put("delay", 20).put("maxExecutions", 1)));
    SimpleStatement statement = SimpleStatement.of(Q).withIdempotent(true);
    RowSet spread = Awaits.get(session.execute(statement.withProfileOptions(soon)));
    RowSet alone = Awaits.get(session.execute(statement));
    assertThat(spread.executionInfo().speculativeAttempts()).isEqualTo(1);
    assertThat(alone.executionInfo().speculativeAttempts()).isZero();
  }

  @Test
  void otherOptionsStandBetweenTheStatementAndItsProfile() {
    ProfileOptions own = new ProfileOptions().setConsistency(Consistency.QUORUM);
    SimpleStatement statement = SimpleStatement.of(Q).withProfileOptions(own);
    assertThat(sent(statement.withProfile("small"))).isEqualTo("QUORUM 7");
    assertThat(sent(statement.withConsistency(Consistency.TWO))).isEqualTo("TWO 5000");
    own.setInherits("small").setPageSize(3);
    assertThat(sent(SimpleStatement.of(Q).withProfileOptions(own))).isEqualTo("QUORUM 3");
    Awaits.get(session.setProfile("small", new ProfileOptions().setPageSize(8)));
    assertThat(sent(statement.withProfile("small")))
        .as("a change of the profile counts")
        .isEqualTo("QUORUM 8");
  }

  private int attempts(Statement<?> statement) {
    cluster.each(FakeNode::clearRequests);
    Awaits.failure(Overloaded.class, session.execute(statement.withIdempotent(true)));
    return requests().size();
  }

  /** Returns consistency and page size as they were sent. */
  private String sent(Statement<?> statement) {
    cluster.each(FakeNode::clearRequests);
    Awaits.get(session.execute(statement));
    Request request = requests().get(0);
    int code = request.parameters().consistency();
    for (Consistency consistency : Consistency.values()) {
      if (consistency.protocolCode() == code) {
        return consistency + " " + request.parameters().pageSize();
      }
    }
    throw new AssertionError("no consistency has the code " + code);
  }

  private List<Request> requests() {
    List<Request> all = new ArrayList<>();
    cluster.each(
        node -> {
          all.addAll(node.requests(runs(Q)));
          all.addAll(node.requests(batch()));
        });
    return all;
  }

  private String coordinatorOf(Statement<?> statement) {
    return Awaits.get(session.execute(statement)).executionInfo().coordinator().endpoint();
  }

  private String endpoint(int node) {
    return Fakes.endpoint(cluster.node(node));
  }
}
