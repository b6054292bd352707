package cqloop.netty.it;

import static org.assertj.core.api.Assertions.assertThat;

import cqloop.CqlOptions;
import cqloop.CqlSession;
import cqloop.PolicyOptions;
import cqloop.ProfileOptions;
import cqloop.error.NoNodeAvailable;
import cqloop.metadata.Node;
import cqloop.testkit.fake.FakeCluster;
import cqloop.testkit.fake.FakeClusterOptions;
import cqloop.testkit.fake.FakeNode;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The lists of hosts and data centres of profiles: who gets requests, and who gets sockets. */
class NodeListsIT {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int REQUESTS = 20;
  private static final PolicyOptions EVERYWHERE = new PolicyOptions("round-robin");

  private Vertx vertx;
  private FakeCluster cluster;
  private CqlOptions options;
  private CqlSession session;

  @BeforeEach
  void start() {
    vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    cluster =
        Awaits.get(
            FakeCluster.start(
                vertx,
                new FakeClusterOptions().addDatacenter("dc1", 3, 1).addDatacenter("dc2", 2, 1)));
    options = Fakes.options(cluster.node(0)).setLocalDatacenter("dc1");
  }

  @AfterEach
  void stop() {
    if (session != null) {
      Awaits.get(session.close());
    }
    Awaits.get(cluster.close());
    Awaits.get(vertx.close());
  }

  @Test
  void aNodeThatEveryProfileRefusesHasNoSockets() {
    options.getDefaultProfile().setDenyHosts(List.of(endpoint(1)));
    options.addProfile("reports", new ProfileOptions().setDenyHosts(List.of(endpoint(1), "::9")));
    connect();
    reaches("default", 0, 2);
    reaches("reports", 0, 2);
    neverReaches("default", 1, 3, 4);
    assertThat(hasSockets(1)).isFalse();
    assertThat(session.topology().nodes()).as("it is known all the same").hasSize(5);
  }

  @Test
  void aNodeThatOneProfileAllowsServesThatOneOnly() {
    options.addProfile("reports", new ProfileOptions().setDenyHosts(List.of(endpoint(1))));
    options.addProfile(
        "archive",
        new ProfileOptions()
            .setLoadBalancing(EVERYWHERE)
            .setAllowDatacenters(List.of("dc2"))
            .setDenyHosts(List.of(endpoint(4))));
    connect();
    reaches("default", 0, 1, 2);
    reaches("reports", 0, 2);
    reaches("archive", 3);
    neverReaches("default", 3, 4);
    neverReaches("reports", 1, 3, 4);
    neverReaches("archive", 0, 1, 2, 4);
    assertThat(hasSockets(3)).as("for the archive").isTrue();
    assertThat(hasSockets(4)).as("refused by all").isFalse();
  }

  @Test
  void listsAreInheritedAndEndWithAnEmptyOne() {
    options.getDefaultProfile().setAllowHosts(List.of(endpoint(0), endpoint(2)));
    options.addProfile("heir", new ProfileOptions().setDenyHosts(List.of(endpoint(0))));
    options.addProfile("free", new ProfileOptions().setAllowHosts(List.of()));
    connect();
    reaches("heir", 2);
    reaches("free", 0, 1, 2);
    neverReaches("heir", 0, 1);
    assertThat(session.profile("heir").getAllowHosts()).containsExactly(endpoint(0), endpoint(2));
  }

  @Test
  void listsChangeWhileTheSessionRuns() {
    connect();
    reaches("default", 0, 1, 2);
    Awaits.get(
        session.setProfile(
            "default",
            new ProfileOptions()
                .setLoadBalancing(EVERYWHERE)
                .setDenyDatacenters(List.of("dc2"))
                .setAllowHosts(List.of(endpoint(1), endpoint(3)))));
    neverReaches("default", 0, 2, 3, 4);
    Awaits.until("pools of refused nodes are closed", PATIENCE, () -> !hasSockets(2));
    reaches("default", 1);

    Awaits.get(session.setProfile("default", new ProfileOptions().setLoadBalancing(EVERYWHERE)));
    reaches("default", 0, 1, 2, 3, 4);
  }

  @Test
  void withNobodyLeftARequestFailsAtOnce() {
    options.addProfile("nobody", new ProfileOptions().setAllowDatacenters(List.of("dc9")));
    connect();
    Awaits.failure(
        NoNodeAvailable.class, session.withProfile("nobody").execute("SELECT v FROM nobody"));
  }

  @Test
  void aHostThatCannotBeReadIsRefusedWithTheProfile() {
    options.addProfile("reports", new ProfileOptions().setAllowHosts(List.of("[::1")));
    IllegalArgumentException refused =
        Awaits.failure(IllegalArgumentException.class, CqlSession.connect(vertx, options));
    assertThat(refused).hasMessageContainingAll("allow-hosts", "reports", "[::1");
  }

  private void connect() {
    session = Awaits.get(CqlSession.connect(vertx, options));
  }

  /** Waits until requests of a profile have come to each of these nodes. */
  private void reaches(String profile, int... nodes) {
    Set<String> reached = new HashSet<>();
    Set<String> wanted = new HashSet<>();
    for (int node : nodes) {
      wanted.add(endpoint(node));
    }
    Awaits.until(
        profile + " reaches " + wanted,
        PATIENCE,
        () -> {
          reached.add(coordinator(profile).endpoint());
          return reached.containsAll(wanted);
        });
  }

  private void neverReaches(String profile, int... nodes) {
    Set<String> reached = new HashSet<>();
    for (int i = 0; i < REQUESTS; i++) {
      reached.add(coordinator(profile).endpoint());
    }
    for (int node : nodes) {
      assertThat(reached).doesNotContain(endpoint(node));
    }
  }

  private Node coordinator(String profile) {
    CqlSession view = profile.equals("default") ? session : session.withProfile(profile);
    return Awaits.get(view.execute("SELECT v FROM t")).executionInfo().coordinator();
  }

  /** Tells whether a node has a connection besides the one that listens for events. */
  private boolean hasSockets(int node) {
    return cluster.node(node).connections().stream()
        .anyMatch(connection -> connection.eventTypes().isEmpty());
  }

  private String endpoint(int node) {
    FakeNode fake = cluster.node(node);
    return Fakes.endpoint(fake);
  }
}
