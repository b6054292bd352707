package cqloop.netty.session;

import cqloop.spi.PolicyContext;
import cqloop.spi.PolicyProvider;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** Value. What a provider is given. */
record PolicyContextImpl(
    PolicyRegistry registry,
    JsonObject configuration,
    String profile,
    String localDatacenter,
    boolean isEncrypted,
    Vertx vertx,
    Executor loop)
    implements PolicyContext {

  @Override
  public JsonObject config() {
    return configuration.copy();
  }

  @Override
  public void requireKeys(Set<String> known) {
    for (String key : configuration.fieldNames()) {
      if (!known.contains(key)) {
        throw new IllegalArgumentException(Names.unknown("configuration key", key, known));
      }
    }
  }

  @Override
  public <P> P policy(Class<? extends PolicyProvider<P>> role, JsonObject options) {
    return registry.create(role, new cqloop.PolicyOptions(options), this);
  }

  @Override
  public <T> T shared(Class<T> type, Supplier<T> maker) {
    return registry.shared(type, maker);
  }

  PolicyContextImpl withConfiguration(JsonObject other) {
    return new PolicyContextImpl(
        registry, other, profile, localDatacenter, isEncrypted, vertx, loop);
  }
}
