package cqloop.loadbalancing;

import cqloop.spi.AddressTranslatorProvider;
import cqloop.spi.LoadBalancingProvider;
import cqloop.testkit.tck.ServicesTck;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

class LoadBalancingServicesTest extends ServicesTck {

  @Override
  protected Class<?> inTheJar() {
    return DefaultProvider.class;
  }

  @Override
  protected Map<Class<?>, Set<String>> policies() {
    return Map.of(
        LoadBalancingProvider.class,
        Set.of(
            "allow-dcs",
            "allow-hosts",
            "dc-aware",
            "default",
            "deny-dcs",
            "deny-hosts",
            "latency-aware",
            "rack-aware",
            "round-robin",
            "single-node",
            "token-aware"),
        AddressTranslatorProvider.class,
        Set.of("fixed-map", "identity", "subnet"));
  }

  @Override
  protected Path documentation() {
    return Path.of("..", "docs", "policies.md");
  }
}
