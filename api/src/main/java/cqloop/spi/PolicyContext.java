package cqloop.spi;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Value. What a provider is given to create a policy. It stays valid as long as the policy, so that
 * a policy may keep it as its clock.
 */
public interface PolicyContext {

  /** Returns a copy of the configuration that the options give for this policy; empty when none. */
  JsonObject config();

  /** Returns the name of the execution profile, {@code default} for the default one. */
  String profile();

  /** Returns the name of the local data centre that the options give; empty when they give none. */
  String localDatacenter();

  /** Returns whether every connection of the session is encrypted. Default: no. */
  default boolean isEncrypted() {
    return false;
  }

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

  /**
   * Creates a policy that the calling one decorates: for the same loop and profile.
   *
   * @param role the kind of provider
   * @param options name and configuration, as the JSON form of {@code PolicyOptions}
   * @throws IllegalArgumentException when there is no provider of that name, or it refuses
   */
  <P> P policy(Class<? extends PolicyProvider<P>> role, JsonObject options);

  /**
   * Returns the one object of this class that the policies of the session share, whatever their
   * loop, profile and name. The first that asks makes it; loops may ask at the same time. It must
   * be safe for all of them. Use a class of your own, so that nobody else asks for it.
   */
  <T> T shared(Class<T> type, Supplier<T> maker);

  /** Returns a clock in nanoseconds that never goes back, for measuring intervals. Any thread. */
  default long nanoTime() {
    return System.nanoTime();
  }

  /** Returns the time of day in milliseconds since 1970. Any thread. */
  default long currentTimeMillis() {
    return System.currentTimeMillis();
  }

  /**
   * Returns a source of chance of its own for the policy, to be used on the loop of the policy
   * only. Tests and simulations decide what it gives.
   */
  default RandomGenerator random() {
    return new SplittableRandom();
  }
}
