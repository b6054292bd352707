package cqloop.loadbalancing;

import cqloop.spi.LoadBalancingProvider;
import cqloop.testkit.tck.LoadBalancingTck;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Nested;

/** Every policy of this module keeps to what the testkit asks. */
class LoadBalancingTcksTest {

  @Nested
  class Default extends Tck {
    Default() {
      super(new DefaultProvider(), new JsonObject());
    }
  }

  @Nested
  class DefaultWithEverything extends Tck {
    DefaultWithEverything() {
      super(
          new DefaultProvider(),
          new JsonObject()
              .put("localRack", "r1")
              .put("maxRemotePerDatacenter", 2)
              .put("remoteDatacenters", "dc2")
              .put("allowRemoteForLocalConsistency", true)
              .put("denyHosts", "10.0.0.250")
              .put("denyDatacenters", new JsonArray().add("dc9"))
              .put("latencyAware", new JsonObject().put("minMeasured", 1)));
    }
  }

  @Nested
  class RoundRobin extends Tck {
    RoundRobin() {
      super(new RoundRobinProvider(), new JsonObject());
    }
  }

  @Nested
  class DatacenterAware extends Tck {
    DatacenterAware() {
      super(new DatacenterAwareProvider(), new JsonObject());
    }
  }

  @Nested
  class RackAware extends Tck {
    RackAware() {
      super(
          new RackAwareProvider(),
          new JsonObject().put("localRack", "r2").put("maxRemotePerDatacenter", 1));
    }
  }

  @Nested
  class TokenAwareOverRacks extends Tck {
    TokenAwareOverRacks() {
      super(
          new TokenAwareProvider(),
          new JsonObject()
              .put("shuffleReplicas", false)
              .put(
                  "policy",
                  new JsonObject()
                      .put("name", "rack-aware")
                      .put("config", new JsonObject().put("localRack", "r1"))));
    }
  }

  @Nested
  class LatencyAware extends Tck {
    LatencyAware() {
      super(new LatencyAwareProvider(), new JsonObject().put("minMeasured", 1));
    }
  }

  @Nested
  class DenyHosts extends Tck {
    DenyHosts() {
      super(new DenyHostsProvider(), new JsonObject().put("hosts", "10.0.0.2"));
    }
  }

  @Nested
  class AllowHosts extends Tck {
    AllowHosts() {
      super(new AllowHostsProvider(), new JsonObject().put("hosts", "10.0.0.1,10.0.0.2"));
    }
  }

  @Nested
  class AllowDatacenters extends Tck {
    AllowDatacenters() {
      super(new AllowDatacentersProvider(), new JsonObject().put("datacenters", "dc1,dc3"));
    }
  }

  @Nested
  class DenyDatacenters extends Tck {
    DenyDatacenters() {
      super(new DenyDatacentersProvider(), new JsonObject().put("datacenters", "dc2"));
    }
  }

  @Nested
  class SingleNode extends Tck {
    SingleNode() {
      super(new SingleNodeProvider(), new JsonObject().put("node", "10.0.0.1:9042"));
    }
  }

  /** What the cases have in common. */
  abstract static class Tck extends LoadBalancingTck {
    private final LoadBalancingProvider provider;
    private final JsonObject config;

    Tck(LoadBalancingProvider provider, JsonObject config) {
      this.provider = provider;
      this.config = config;
    }

    @Override
    protected LoadBalancingProvider provider() {
      return provider;
    }

    @Override
    protected JsonObject config() {
      return config;
    }
  }
}
