package cqloop.netty.sim;

import cqloop.metadata.Node;
import cqloop.metadata.Topology;
import cqloop.spi.LoadBalancingPolicy;
import cqloop.spi.PolicyContext;
import cqloop.spi.PolicyProvider;
import cqloop.spi.QueryPlan;
import cqloop.spi.RetryPolicy;
import cqloop.spi.RetryProvider;
import cqloop.spi.RoutingInfo;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.ServiceLoader.Provider;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Value. Policies for simulated clients. */
public final class SimPolicies {

  private SimPolicies() {}

  /** Providers are looked for once: a simulation of many worlds asks often. */
  private static final Map<Class<?>, List<?>> PROVIDERS = new HashMap<>();

  /** The retry policy that sessions have by default. */
  public static RetryPolicy defaultRetry() {
    return named(RetryProvider.class, "default", new JsonObject(), new SimWorld(0));
  }

  /** A policy of the modules, by its name, with the clock and the chance of a world. */
  public static <P, V extends PolicyProvider<P>> P named(
      Class<V> role, String name, JsonObject config, SimWorld world) {
    return find(role, name).create(new WorldContext(world, config));
  }

  private static <P, V extends PolicyProvider<P>> V find(Class<V> role, String name) {
    List<?> providers =
        PROVIDERS.computeIfAbsent(
            role, any -> ServiceLoader.load(role).stream().map(Provider::get).toList());
    for (Object provider : providers) {
      if (role.cast(provider).name().equals(name)) {
        return role.cast(provider);
      }
    }
    throw new IllegalStateException("No " + role.getSimpleName() + " has the name " + name);
  }

  /** All nodes, each request beginning with the next one. */
  public static LoadBalancingPolicy roundRobin() {
    return new RoundRobin();
  }

  private static final class RoundRobin implements LoadBalancingPolicy {
    private List<Node> nodes = List.of();
    private int next;

    @Override
    public void onTopology(Topology topology) {
      nodes = topology.nodes();
    }

    @Override
    public QueryPlan plan(RoutingInfo request) {
      List<Node> all = nodes;
      int first = next++;
      int[] given = {0};
      return () ->
          given[0] < all.size()
              ? all.get(Math.floorMod(first + given[0]++, Math.max(1, all.size())))
              : null;
    }
  }

  /** The context of a policy in a world of its own. */
  private record WorldContext(SimWorld world, JsonObject config) implements PolicyContext {

    @Override
    public String profile() {
      return "default";
    }

    @Override
    public String localDatacenter() {
      return "";
    }

    @Override
    public Vertx vertx() {
      throw new UnsupportedOperationException("There is no Vert.x in a simulation");
    }

    @Override
    public Executor loop() {
      throw new UnsupportedOperationException("Policies of a simulation need no loop");
    }

    @Override
    public void requireKeys(Set<String> known) {
      // The simulation gives the right ones.
    }

    @Override
    public <P> P policy(Class<? extends PolicyProvider<P>> role, JsonObject options) {
      return find(role, options.getString("name"))
          .create(new WorldContext(world, new JsonObject()));
    }

    @Override
    public <T> T shared(Class<T> type, Supplier<T> maker) {
      return maker.get();
    }

    @Override
    public long nanoTime() {
      return world.nanoTime();
    }

    @Override
    public long currentTimeMillis() {
      return 1_700_000_000_000L + world.elapsedNanos() / 1_000_000;
    }

    @Override
    public RandomGenerator random() {
      return world.random();
    }
  }
}
