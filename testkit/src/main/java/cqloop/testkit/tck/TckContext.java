package cqloop.testkit.tck;

import static org.assertj.core.api.Assertions.assertThat;

import cqloop.spi.PolicyContext;
import cqloop.spi.PolicyProvider;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Owned by one test. A context of which the test decides everything: the time, which moves only
 * when told, chance, the local data centre, and the other policies there are.
 */
public final class TckContext implements PolicyContext {

  /** Time of day at which each context begins: 2026-01-01T00:00:00Z. */
  public static final long START_MILLIS = 1_767_225_600_000L;

  private final JsonObject config;
  private final Session session;
  private String localDatacenter = "";
  private boolean encrypted;
  private @Nullable Vertx vertx;
  private @Nullable Set<String> known;

  private TckContext(JsonObject config, Session session) {
    this.config = config;
    this.session = session;
  }

  /** Returns a context without configuration, in a session of its own. */
  public static TckContext create() {
    return create(new JsonObject());
  }

  /** Returns a context with this configuration, in a session of its own. */
  public static TckContext create(JsonObject config) {
    return new TckContext(config, new Session());
  }

  /** Returns the keys that a policy takes, as it tells when it is created. */
  static Set<String> knownKeys(PolicyProvider<?> provider) {
    TckContext context = create();
    try {
      provider.create(context);
    } catch (RuntimeException incomplete) {
      // Some must be given a value; by then it has told its keys.
      assertThat(context.known).as("keys told before %s", incomplete).isNotNull();
    }
    assertThat(context.known).as("keys of '%s'", provider.name()).isNotNull();
    Set<String> known = context.known;
    return known == null ? Set.of() : new TreeSet<>(known);
  }

  /** Returns a context of the same session, as another event loop or profile gets it. */
  public TckContext sibling(JsonObject siblingConfig) {
    TckContext sibling = new TckContext(siblingConfig, session);
    sibling.localDatacenter = localDatacenter;
    sibling.encrypted = encrypted;
    sibling.vertx = vertx;
    return sibling;
  }

  /** Sets the local data centre that the options give. */
  public TckContext withLocalDatacenter(String datacenter) {
    localDatacenter = datacenter;
    return this;
  }

  /** Makes every connection of the session an encrypted one. */
  public TckContext withEncryption() {
    encrypted = true;
    return this;
  }

  /** Sets the Vert.x of the session. */
  public TckContext withVertx(Vertx sessionVertx) {
    vertx = sessionVertx;
    return this;
  }

  /** Adds a provider that {@link #policy} finds before those of the service loader. */
  public TckContext withProvider(PolicyProvider<?> provider) {
    session.providers.add(provider);
    return this;
  }

  /** Sets what decides all chance from now on. */
  public TckContext withSeed(long seed) {
    session.seeds = new SplittableRandom(seed);
    return this;
  }

  /** Lets time pass. */
  public TckContext advanceMillis(long millis) {
    return advanceNanos(millis * 1_000_000);
  }

  /** Lets time pass. */
  public TckContext advanceNanos(long nanos) {
    session.nanos += nanos;
    return this;
  }

  /** Sets the time of day only, as an operator or NTP does; back as well as forward. */
  public TckContext shiftClockMillis(long millis) {
    session.shiftMillis += millis;
    return this;
  }

  @Override
  public JsonObject config() {
    return config.copy();
  }

  @Override
  public String profile() {
    return "default";
  }

  @Override
  public String localDatacenter() {
    return localDatacenter;
  }

  @Override
  public boolean isEncrypted() {
    return encrypted;
  }

  @Override
  public Vertx vertx() {
    if (vertx == null) {
      throw new IllegalStateException("This policy needs a Vert.x: call withVertx");
    }
    return vertx;
  }

  @Override
  public Executor loop() {
    return Runnable::run;
  }

  @Override
  public void requireKeys(Set<String> known) {
    this.known = known;
    for (String key : config.fieldNames()) {
      if (!known.contains(key)) {
        throw new IllegalArgumentException(
            "Unknown key '%s'. Known: %s".formatted(key, String.join(", ", new TreeSet<>(known))));
      }
    }
  }

  @Override
  public <P> P policy(Class<? extends PolicyProvider<P>> role, JsonObject options) {
    String name = options.getString("name");
    for (PolicyProvider<?> provider : session.providers) {
      if (role.isInstance(provider) && provider.name().equals(name)) {
        return create(role.cast(provider), options);
      }
    }
    // In the test of a plug-in author: his jars and ours.
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    for (PolicyProvider<P> provider : load(role, loader)) {
      if (provider.name().equals(name)) {
        return create(provider, options);
      }
    }
    throw new IllegalArgumentException(
        "Unknown policy '%s' of %s".formatted(name, role.getSimpleName()));
  }

  @Override
  public <T> T shared(Class<T> type, Supplier<T> maker) {
    return type.cast(session.shared.computeIfAbsent(type, key -> maker.get()));
  }

  @Override
  public long nanoTime() {
    return session.nanos;
  }

  @Override
  public long currentTimeMillis() {
    return START_MILLIS + session.shiftMillis + Math.floorDiv(session.nanos, 1_000_000L);
  }

  @Override
  public RandomGenerator random() {
    return session.seeds.split();
  }

  private <P> P create(PolicyProvider<P> provider, JsonObject options) {
    return provider.create(sibling(options.getJsonObject("config", new JsonObject())));
  }

  private static <P> Iterable<? extends PolicyProvider<P>> load(
      Class<? extends PolicyProvider<P>> role, ClassLoader loader) {
    return ServiceLoader.load(role, loader);
  }

  /** What the contexts of one session have in common. */
  private static final class Session {
    final Map<Class<?>, Object> shared = new ConcurrentHashMap<>();
    final List<PolicyProvider<?>> providers = new ArrayList<>();
    SplittableRandom seeds = new SplittableRandom(42);
    // Read by the threads of tests that check sharing; they never move it meanwhile.
    long nanos;
    long shiftMillis;
  }
}
