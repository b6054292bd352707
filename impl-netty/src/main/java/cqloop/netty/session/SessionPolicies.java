package cqloop.netty.session;

import cqloop.CqlOptions;
import cqloop.PolicyOptions;
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

/** Any thread. Makes the policies that the options of a session name. */
final class SessionPolicies implements PolicySource {

  private final Vertx vertx;
  private final CqlOptions options;
  private final PolicyRegistry registry;
  private final Profiles profiles;

  SessionPolicies(Vertx vertx, CqlOptions options, PolicyRegistry registry, Profiles profiles) {
    this.vertx = vertx;
    this.options = options;
    this.registry = registry;
    this.profiles = profiles;
  }

  @Override
  public List<LoopProfile> create(EventLoop loop) {
    List<LoopProfile> all = new ArrayList<>();
    for (Profiles.Profile profile : profiles.all()) {
      all.add(create(profile, loop));
    }
    return all;
  }

  @Override
  public Throttle throttle(EventLoop loop) {
    return create(ThrottleProvider.class, options.getRequest().getThrottle(), loop);
  }

  /** Creates a policy that belongs to no profile. */
  <P> P create(Class<? extends PolicyProvider<P>> role, PolicyOptions policy, EventLoop loop) {
    return registry.create(role, policy, context(CqlOptions.DEFAULT_PROFILE, loop));
  }

  private LoopProfile create(Profiles.Profile profile, EventLoop loop) {
    PolicyContextImpl context = context(profile.settings().name(), loop);
    return new LoopProfile(
        profile.settings(),
        registry.create(
            LoadBalancingProvider.class,
            Profiles.orElse(profile.options().getLoadBalancing(), "default"),
            context),
        registry.create(
            RetryProvider.class, Profiles.orElse(profile.options().getRetry(), "default"), context),
        registry.create(
            SpeculativeExecutionProvider.class,
            Profiles.orElse(profile.options().getSpeculativeExecution(), "none"),
            context),
        registry.create(
            TimestampProvider.class, options.getRequest().getTimestampGenerator(), context));
  }

  private PolicyContextImpl context(String profile, EventLoop loop) {
    String datacenter = options.getLocalDatacenter();
    return new PolicyContextImpl(
        registry, new JsonObject(), profile, datacenter == null ? "" : datacenter, vertx, loop);
  }
}
