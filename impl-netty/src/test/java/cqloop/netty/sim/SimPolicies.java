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
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** Value. Policies for simulated clients. */
public final class SimPolicies {

  private SimPolicies() {}

  /** The retry policy that sessions have by default. */
  public static RetryPolicy defaultRetry() {
    for (RetryProvider provider : ServiceLoader.load(RetryProvider.class)) {
      if (provider.name().equals("default")) {
        return provider.create(new NoContext());
      }
    }
    throw new IllegalStateException("The module of the retry policies is not on the class path");
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

  /** The context of a policy that has no options. */
  private static final class NoContext implements PolicyContext {
    @Override
    public JsonObject config() {
      return new JsonObject();
    }

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
      // There are no options, so none is unknown.
    }

    @Override
    public <P> P policy(Class<? extends PolicyProvider<P>> role, JsonObject options) {
      throw new UnsupportedOperationException("Policies of a simulation stand alone");
    }

    @Override
    public <T> T shared(Class<T> type, Supplier<T> maker) {
      return maker.get();
    }
  }
}
