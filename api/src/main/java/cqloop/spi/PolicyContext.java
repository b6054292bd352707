package cqloop.spi;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.Set;
import java.util.concurrent.Executor;

/** Value. What a provider is given to create a policy. */
public interface PolicyContext {

  /** Returns a copy of the configuration that the options give for this policy; empty when none. */
  JsonObject config();

  /** Returns the name of the execution profile, {@code default} for the default one. */
  String profile();

  /** Returns the name of the local data centre that the options give; empty when they give none. */
  String localDatacenter();

  /** Returns the Vert.x of the session. */
  Vertx vertx();

  /** Returns the event loop of the policy; policies that belong to none get that of the session. */
  Executor loop();

  /**
   * Checks that the configuration has no key outside these.
   *
   * @throws IllegalArgumentException naming the unknown key and the nearest known one
   */
  void requireKeys(Set<String> known);
}
