package cqloop;

import cqloop.spi.Driver;
import cqloop.spi.PolicyProvider;
import cqloop.spi.TypeCodec;
import cqloop.spi.TypeCodecProvider;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** Owned by one thread. Builds a session with policies and codecs given in code. */
public final class CqlSessionBuilder {

  /** Found once; threads that race find the same. */
  private static volatile @Nullable Driver driver;

  private final Vertx vertx;
  private final List<PolicyProvider<?>> providers = new ArrayList<>();
  private final List<TypeCodec<?>> codecs = new ArrayList<>();
  private final List<TypeCodecProvider> codecProviders = new ArrayList<>();
  private CqlOptions options = new CqlOptions();

  private CqlSessionBuilder(Vertx vertx) {
    this.vertx = vertx;
  }

  static CqlSessionBuilder create(Vertx vertx) {
    return new CqlSessionBuilder(vertx);
  }

  /** Sets the options, of which it keeps a copy. */
  public CqlSessionBuilder options(CqlOptions newOptions) {
    options = new CqlOptions(newOptions);
    return this;
  }

  /** Adds a provider, as if {@link ServiceLoader} had found it. */
  public CqlSessionBuilder addProvider(PolicyProvider<?> provider) {
    providers.add(provider);
    return this;
  }

  /** Adds a codec, which comes before the built-in ones. */
  public CqlSessionBuilder addCodec(TypeCodec<?> codec) {
    codecs.add(codec);
    return this;
  }

  /** Adds a provider of codecs, as if {@link ServiceLoader} had found it. */
  public CqlSessionBuilder addCodecs(TypeCodecProvider provider) {
    codecProviders.add(provider);
    return this;
  }

  /**
   * Connects. Fails with {@link cqloop.error.NoNodeAvailable} naming each node with its reason,
   * with {@link cqloop.error.AuthenticationFailed} when every node refused the login, and with
   * {@link cqloop.error.InvalidOptions} when the options cannot work. Fails with {@link
   * IllegalStateException} when no driver is on the class path or module path.
   */
  public Future<CqlSession> connect() {
    Driver.Setup setup =
        new Driver.Setup(
            options, List.copyOf(providers), List.copyOf(codecs), List.copyOf(codecProviders));
    Driver known = driver;
    return known == null
        ? vertx
            .executeBlocking(CqlSessionBuilder::findDriver)
            .compose(found -> found.connect(vertx, setup))
        : known.connect(vertx, setup);
  }

  /** Reads the class path, for which an event loop must not wait. */
  private static Driver findDriver() {
    Driver found =
        ServiceLoader.load(Driver.class, CqlSessionBuilder.class.getClassLoader())
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "No cqloop driver found: add io.github.cqloop:cqloop-netty"));
    driver = found;
    return found;
  }
}
