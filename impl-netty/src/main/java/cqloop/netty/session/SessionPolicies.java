package cqloop.netty.session;

import cqloop.CqlOptions;
import cqloop.DerivedProfile;
import cqloop.PolicyOptions;
import cqloop.ProfileOptions;
import cqloop.netty.engine.LoopEngine;
import cqloop.netty.engine.LoopProfile;
import cqloop.netty.engine.PolicySource;
import cqloop.spi.LoadBalancingProvider;
import cqloop.spi.PolicyProvider;
import cqloop.spi.RetryProvider;
import cqloop.spi.SpeculativeExecutionProvider;
import cqloop.spi.Throttle;
import cqloop.spi.ThrottleProvider;
import cqloop.spi.TimestampProvider;
import io.netty.channel.EventLoop;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Published. The profiles of a session; makes the policies that they name. */
final class SessionPolicies implements PolicySource {

  private final Vertx vertx;
  private final CqlOptions options;
  private final PolicyRegistry registry;
  private volatile Profiles profiles;

  SessionPolicies(Vertx vertx, CqlOptions options, PolicyRegistry registry, Profiles profiles) {
    this.vertx = vertx;
    this.options = options;
    this.registry = registry;
    this.profiles = profiles;
  }

  Profiles profiles() {
    return profiles;
  }

  /** Sets what loops begin with that start from now on. */
  void setProfiles(Profiles newer) {
    profiles = newer;
  }

  @Override
  public List<LoopProfile> create(EventLoop loop) {
    List<LoopProfile> all = new ArrayList<>();
    for (Profiles.Profile profile : profiles.all()) {
      all.add(create(profile, null, null, loop));
    }
    return all;
  }

  /**
   * Makes the profiles of a loop anew; policies whose options are as before stay, with what they
   * have learnt. Returns an empty list when the loop has not started. On the loop.
   */
  List<LoopProfile> renew(LoopEngine engine, Profiles before, Profiles after) {
    List<LoopProfile> present = engine.profiles();
    List<LoopProfile> all = new ArrayList<>();
    if (present.isEmpty()) {
      return all;
    }
    for (int i = 0; i < after.all().size(); i++) {
      // A profile keeps its place.
      boolean known = i < before.all().size() && i < present.size();
      all.add(
          create(
              after.all().get(i),
              known ? before.all().get(i).options() : null,
              known ? present.get(i) : null,
              engine.loop()));
    }
    return all;
  }

  @Override
  public LoopProfile derive(LoopProfile base, DerivedProfile own, EventLoop loop) {
    Profiles now = profiles;
    ProfileOptions before = now.all().get(base.settings().index()).options();
    return create(now.derived(base.settings(), own.options()), before, base, loop);
  }

  @Override
  public Throttle throttle(EventLoop loop) {
    return create(ThrottleProvider.class, options.getRequest().getThrottle(), loop);
  }

  /** Creates a policy that belongs to no profile. */
  <P> P create(Class<? extends PolicyProvider<P>> role, PolicyOptions policy, EventLoop loop) {
    return registry.create(role, policy, context(CqlOptions.DEFAULT_PROFILE, loop));
  }

  private LoopProfile create(
      Profiles.Profile profile,
      @Nullable ProfileOptions old,
      @Nullable LoopProfile present,
      EventLoop loop) {
    PolicyContextImpl context = context(profile.settings().name(), loop);
    ProfileOptions now = profile.options();
    PolicyOptions nodes = NodeLists.around(now);
    boolean sameNodes = old != null && same(NodeLists.around(old), nodes);
    boolean sameRetry = old != null && same(old.getRetry(), now.getRetry());
    boolean sameSpeculation =
        old != null && same(old.getSpeculativeExecution(), now.getSpeculativeExecution());
    return new LoopProfile(
        profile.settings(),
        present != null && sameNodes
            ? present.loadBalancing()
            : registry.create(LoadBalancingProvider.class, nodes, context),
        present != null && sameRetry
            ? present.retry()
            : registry.create(
                RetryProvider.class, Profiles.orElse(now.getRetry(), "default"), context),
        present != null && sameSpeculation
            ? present.speculation()
            : registry.create(
                SpeculativeExecutionProvider.class,
                Profiles.orElse(now.getSpeculativeExecution(), "none"),
                context),
        present != null
            ? present.timestamps()
            : registry.create(
                TimestampProvider.class, options.getRequest().getTimestampGenerator(), context));
  }

  private static boolean same(@Nullable PolicyOptions one, @Nullable PolicyOptions other) {
    return one != null && other != null && one.toJson().equals(other.toJson());
  }

  private PolicyContextImpl context(String profile, EventLoop loop) {
    String datacenter = options.getLocalDatacenter();
    return new PolicyContextImpl(
        registry,
        new JsonObject(),
        profile,
        datacenter == null ? "" : datacenter,
        options.getTls() != null,
        vertx,
        loop);
  }
}
