package cqloop.netty.engine;

import static org.assertj.core.api.Assertions.assertThat;

import cqloop.Consistency;
import cqloop.DerivedProfile;
import cqloop.PolicyOptions;
import cqloop.ProfileOptions;
import cqloop.SimpleStatement;
import cqloop.metadata.Node;
import cqloop.metadata.Topology;
import cqloop.netty.message.QueryParameters;
import cqloop.netty.sim.SimClient;
import cqloop.netty.sim.SimLoop;
import cqloop.netty.sim.SimWorld;
import cqloop.spi.LoadBalancingPolicy;
import cqloop.spi.NodeDistance;
import cqloop.spi.QueryPlan;
import cqloop.spi.RetryVerdict;
import cqloop.spi.RoutingInfo;
import io.netty.channel.EventLoop;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What statements change of their profile is made once, kept within a bound, and kept up to date.
 */
class LoopProfilesTest {

  private final Source source = new Source();
  private final LoopProfiles profiles = new LoopProfiles(source, new SimLoop(new SimWorld(1)));
  private final Topology topology = SimClient.topology(2);

  /** Uses no node, and counts how often it is told of the cluster. */
  private static final class Nowhere implements LoadBalancingPolicy {
    int told;

    @Override
    public QueryPlan plan(RoutingInfo request) {
      return () -> null;
    }

    @Override
    public void onTopology(Topology newer) {
      told++;
    }

    @Override
    public NodeDistance distance(Node node) {
      return NodeDistance.IGNORED;
    }
  }

  private static final class Source implements PolicySource {
    final List<DerivedProfile> made = new ArrayList<>();

    @Override
    public List<LoopProfile> create(EventLoop loop) {
      return List.of(profile(0, new Nowhere()), profile(1, new Nowhere()));
    }

    @Override
    public LoopProfile derive(LoopProfile base, DerivedProfile own, EventLoop loop) {
      made.add(own);
      return profile(
          base.settings().index(),
          own.options().getLoadBalancing() == null ? base.loadBalancing() : everywhere());
    }

    private static LoadBalancingPolicy everywhere() {
      return request -> QueryPlan.of(request.replicas());
    }

    private static LoopProfile profile(int index, LoadBalancingPolicy loadBalancing) {
      ProfileSettings settings =
          new ProfileSettings(
              "p" + index,
              index,
              QueryParameters.of(Consistency.ONE, 10),
              false,
              0,
              0,
              1,
              false,
              10);
      return new LoopProfile(
          settings, loadBalancing, failure -> RetryVerdict.RETHROW, (node, started) -> -1, () -> 0);
    }
  }

  private static DerivedProfile of(int pageSize) {
    return derived(new ProfileOptions().setPageSize(pageSize));
  }

  private static DerivedProfile derived(ProfileOptions options) {
    DerivedProfile derived =
        SimpleStatement.of("x").withProfileOptions(options).settings().derivedProfile();
    assertThat(derived).isNotNull();
    return derived;
  }

  @Test
  void equalOptionsAreMadeOnceForEachProfile() {
    profiles.create();
    LoopProfile first = profiles.derived(0, of(1), topology);
    assertThat(profiles.derived(0, of(1), topology)).isSameAs(first);
    assertThat(profiles.derived(1, of(1), topology)).isNotSameAs(first);
    assertThat(profiles.derived(0, of(2), topology)).isNotSameAs(first);
    assertThat(source.made).hasSize(3);
  }

  @Test
  void onlyTheOnesUsedLastAreKept() {
    profiles.create();
    for (int i = 0; i < LoopProfiles.MAX_DERIVED; i++) {
      profiles.derived(0, of(i), topology);
    }
    profiles.derived(0, of(0), topology);
    profiles.derived(0, of(1000), topology);
    int before = source.made.size();
    profiles.derived(0, of(0), topology);
    assertThat(source.made).as("used again in the meantime").hasSize(before);
    profiles.derived(0, of(1), topology);
    assertThat(source.made).as("the eldest was forgotten").hasSize(before + 1);
  }

  @Test
  void theirPoliciesAreToldOfTheClusterOnce() {
    profiles.create();
    Nowhere base = (Nowhere) profiles.get(0).loadBalancing();
    profiles.derived(0, of(1), topology);
    assertThat(base.told).as("that of the profile is told with the profile").isZero();
    profiles.onTopology(topology);
    assertThat(base.told).isEqualTo(1);
  }

  @Test
  void aChangeOfProfilesMakesThemAnew() {
    profiles.create();
    LoopProfile old = profiles.derived(0, of(1), topology);
    profiles.replace(source.create(null));
    assertThat(profiles.derived(0, of(1), topology)).isNotSameAs(old);
  }

  @Test
  void statementsOpenNoConnections() {
    profiles.create();
    LoopProfile everywhere =
        profiles.derived(
            0, derived(new ProfileOptions().setLoadBalancing(new PolicyOptions("any"))), topology);
    Node node = topology.nodes().get(0);
    assertThat(everywhere.loadBalancing().distance(node)).isEqualTo(NodeDistance.LOCAL);
    assertThat(profiles.nearest(node)).isEqualTo(NodeDistance.IGNORED);
  }

  @Test
  void optionsAreEqualByWhatTheyHoldAndShowNoSecret() {
    ProfileOptions options =
        new ProfileOptions()
            .setInherits("slow")
            .setRetry(
                new PolicyOptions("mine").setConfig(new JsonObject().put("password", "canary")));
    SimpleStatement statement = SimpleStatement.of("x").withProfileOptions(options);
    DerivedProfile derived = statement.settings().derivedProfile();
    assertThat(derived).isEqualTo(derived(options.setInherits(null)));
    assertThat(derived).hasSameHashCodeAs(derived(options));
    assertThat(derived.toString()).doesNotContain("canary");
    assertThat(statement.settings().profile()).isEqualTo("slow");
    options.getRetry().setName("other");
    assertThat(derived.options().getRetry().getName()).as("a copy").isEqualTo("mine");
    assertThat(statement.withProfileOptions(null).settings().derivedProfile()).isNull();
  }
}
