package cqloop.netty.it;

import static cqloop.testkit.fake.Conditions.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cqloop.Consistency;
import cqloop.CqlSession;
import cqloop.PolicyOptions;
import cqloop.ProfileOptions;
import cqloop.RowSet;
import cqloop.SimpleStatement;
import cqloop.error.InvalidOptions;
import cqloop.error.ProfileNotFound;
import cqloop.error.SessionClosed;
import cqloop.testkit.fake.FakeNode;
import cqloop.testkit.fake.Request;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Execution profiles that change while the session runs. */
class ProfileChangesTest {

  private static final String Q = "SELECT 1";

  private final Fakes fakes = new Fakes();
  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(3));
  private final CountingRetry counting = new CountingRetry();
  private final List<ContextInternal> loops = new ArrayList<>();
  private FakeNode node;
  private CqlSession session;

  @BeforeEach
  void start() {
    node = fakes.start();
    session =
        Awaits.get(
            CqlSession.builder(vertx)
                .options(
                    Fakes.options(node)
                        .addProfile("old", new ProfileOptions().setPageSize(7))
                        .addProfile(
                            "child",
                            new ProfileOptions()
                                .setInherits("old")
                                .setRetry(new PolicyOptions("counting"))))
                .addProvider(counting)
                .connect());
    for (int i = 0; i < 2; i++) {
      loops.add(((VertxInternal) vertx).createEventLoopContext());
    }
  }

  @AfterEach
  void stop() {
    Awaits.get(vertx.close());
    fakes.close();
  }

  @Test
  void aNewProfileServesEveryLoopWhenItIsThere() {
    executeOnAll("old"); // All loops have started.
    assertThatThrownBy(() -> session.withProfile("new")).isInstanceOf(ProfileNotFound.class);
    Awaits.get(session.setProfile("new", new ProfileOptions().setConsistency(Consistency.QUORUM)));
    node.clearRequests();
    executeOnAll("new");
    assertConsistencies(Consistency.QUORUM);
  }

  @Test
  void aLoopThatStartsLaterHasItToo() {
    Awaits.get(session.setProfile("new", new ProfileOptions().setConsistency(Consistency.TWO)));
    executeOnAll("new");
    assertConsistencies(Consistency.TWO);
  }

  @Test
  void aChangeReachesThoseThatInheritAndViewsThatExist() {
    CqlSession view = session.withProfile("child");
    executeOnAll("child");
    Awaits.get(session.setProfile("old", new ProfileOptions().setConsistency(Consistency.THREE)));
    Awaits.get(session.setProfile("default", new ProfileOptions().setPageSize(11)));
    node.clearRequests();
    Awaits.get(view.execute(Q));
    executeOnAll("child");
    assertConsistencies(Consistency.THREE);
    assertThat(node.requests(query(Q)))
        .allSatisfy(request -> assertThat(request.parameters().pageSize()).isEqualTo(11));
    assertThat(session.profile("child").getConsistency()).isEqualTo(Consistency.THREE);
    assertThat(session.profile("child").getRequestTimeout()).isEqualTo(Duration.ofSeconds(12));
  }

  @Test
  void policiesThatDoNotChangeStay() {
    executeOnAll("child");
    int before = counting.made.get();
    Awaits.get(session.setProfile("old", new ProfileOptions().setPageSize(8)));
    assertThat(counting.made.get()).isEqualTo(before);
    Awaits.get(
        session.setProfile(
            "child",
            new ProfileOptions()
                .setRetry(
                    new PolicyOptions("counting").setConfig(new JsonObject().put("key", 1)))));
    assertThat(counting.made.get()).isGreaterThan(before);
  }

  @Test
  void whatCannotBeMadeChangesNothing() {
    InvalidOptions unknown =
        Awaits.failure(
            InvalidOptions.class,
            session.setProfile("old", new ProfileOptions().setRetry(new PolicyOptions("defalt"))));
    assertThat(unknown).hasMessageContainingAll("retry policy 'defalt'", "default");
    Awaits.failure(
        InvalidOptions.class, session.setProfile("old", new ProfileOptions().setInherits("child")));
    Awaits.failure(
        ProfileNotFound.class, session.setProfile("new", new ProfileOptions().setInherits("x")));
    Awaits.failure(InvalidOptions.class, session.setProfile("", new ProfileOptions()));
    assertThat(session.profile("old").getPageSize()).isEqualTo(7);
    assertThatThrownBy(() -> session.profile("new")).isInstanceOf(ProfileNotFound.class);
    node.clearRequests();
    executeOnAll("old");
    assertThat(node.requests(query(Q)))
        .isNotEmpty()
        .allSatisfy(request -> assertThat(request.parameters().pageSize()).isEqualTo(7));
  }

  @Test
  void changesAtOnceComeInOrderAndRequestsGoOn() {
    List<Future<?>> all = new ArrayList<>();
    for (int i = 1; i <= 50; i++) {
      all.add(session.setProfile("old", new ProfileOptions().setPageSize(i)));
      all.add(session.execute(SimpleStatement.of(Q).withProfile("old")));
    }
    all.forEach(Awaits::get);
    assertThat(session.profile("old").getPageSize()).isEqualTo(50);
    node.clearRequests();
    executeOnAll("old");
    assertThat(node.requests(query(Q)))
        .allSatisfy(request -> assertThat(request.parameters().pageSize()).isEqualTo(50));
  }

  @Test
  void aClosedSessionTakesNoChange() {
    Awaits.get(session.close());
    Awaits.failure(SessionClosed.class, session.setProfile("old", new ProfileOptions()));
  }

  private void executeOnAll(String profile) {
    for (ContextInternal context : loops) {
      Promise<RowSet> done = Promise.promise();
      context.runOnContext(v -> session.withProfile(profile).execute(Q).onComplete(done));
      Awaits.get(done.future());
    }
  }

  private void assertConsistencies(Consistency expected) {
    assertThat(node.requests(query(Q)))
        .isNotEmpty()
        .extracting(Request::parameters)
        .allSatisfy(
            parameters -> assertThat(parameters.consistency()).isEqualTo(expected.protocolCode()));
  }
}
