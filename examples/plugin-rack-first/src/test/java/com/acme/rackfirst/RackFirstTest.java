package com.acme.rackfirst;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import cqloop.metadata.Node;
import cqloop.spi.LoadBalancingPolicy;
import cqloop.spi.LoadBalancingProvider;
import cqloop.testkit.tck.LoadBalancingTck;
import cqloop.testkit.tck.ServicesTck;
import cqloop.testkit.tck.TckContext;
import cqloop.testkit.tck.TckRequest;
import io.vertx.core.json.JsonObject;
import java.io.File;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class RackFirstTest extends LoadBalancingTck {

  @Override
  protected LoadBalancingProvider provider() {
    return new RackFirstProvider();
  }

  @Override
  protected JsonObject config() {
    return new JsonObject().put("rack", "r2");
  }

  @Test
  void beginsWithTheRack() {
    LoadBalancingPolicy policy = provider().create(context());
    policy.onTopology(cluster(6));
    List<String> racks = new ArrayList<>();
    for (Node node : drain(plan(policy, TckRequest.unrouted()))) {
      racks.add(node.rack());
    }
    assertThat(racks).containsExactly("r2", "r2", "r2", "r1", "r1", "r1");
  }

  @Test
  void refusesToGuessTheRack() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> provider().create(TckContext.create()))
        .withMessage("'rack' is missing; expected a text");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> provider().create(TckContext.create(new JsonObject().put("Rack", "r1"))))
        .withMessageContaining("'Rack'");
  }

  @Test
  void isFoundOnTheClassPath() {
    assertThat(ServiceLoader.load(LoadBalancingProvider.class))
        .anyMatch(RackFirstProvider.class::isInstance);
  }

  @Test
  void isFoundOnTheModulePath() {
    Path[] jars =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> !entry.contains("test-classes"))
            .map(Path::of)
            .toArray(Path[]::new);
    // As the JVM does for --module-path: begin with the API, and bind what provides its services.
    Configuration modules =
        ModuleLayer.boot()
            .configuration()
            .resolveAndBind(
                ModuleFinder.of(),
                ModuleFinder.of(jars),
                Set.of("cqloop.api", "com.acme.rackfirst"));
    ModuleLayer layer =
        ModuleLayer.boot()
            .defineModulesWithOneLoader(modules, ClassLoader.getPlatformClassLoader());
    List<String> found = new ArrayList<>();
    for (Object provider : ServiceLoader.load(layer, role(layer))) {
      assertThat(provider.getClass().getModule().getLayer()).isSameAs(layer);
      found.add(provider.getClass().getModule().getName());
    }
    assertThat(found).contains("com.acme.rackfirst");
  }

  private static Class<?> role(ModuleLayer layer) {
    return Class.forName(
        layer.findModule("cqloop.api").orElseThrow(), LoadBalancingProvider.class.getName());
  }

  @Nested
  class Services extends ServicesTck {
    @Override
    protected Class<?> inTheJar() {
      return RackFirstProvider.class;
    }

    @Override
    protected Map<Class<?>, Set<String>> policies() {
      return Map.of(LoadBalancingProvider.class, Set.of("rack-first"));
    }
  }
}
