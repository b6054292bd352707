package cqloop.examples.snippets;

import cqloop.CqlOptions;
import cqloop.CqlSession;
import cqloop.PolicyOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** Loop-owned. Connects with its verticle; the session closes when the verticle is undeployed. */
public class Orders extends VerticleBase {
  private @Nullable CqlSession session;

  @Override
  public Future<?> start() {
    CqlOptions options =
        new CqlOptions()
            .addContactPoint(config().getString("contactPoint"))
            .setLocalDatacenter("dc1")
            .setKeyspace(config().getString("keyspace"))
            .setAuth(
                new PolicyOptions("plain")
                    .setConfig(
                        new JsonObject()
                            .put("username", "app")
                            .put("password", config().getString("password"))));
    return CqlSession.connect(vertx, options).onSuccess(connected -> session = connected);
  }

  /** Returns the session of the verticle, or null before it has started. */
  public @Nullable CqlSession session() {
    return session;
  }
}
