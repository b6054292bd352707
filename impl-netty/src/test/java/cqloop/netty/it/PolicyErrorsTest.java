package cqloop.netty.it;

import static org.assertj.core.api.Assertions.assertThat;

import cqloop.CqlOptions;
import cqloop.CqlSession;
import cqloop.CqlSessionBuilder;
import cqloop.PolicyOptions;
import cqloop.spi.AddressTranslatorProvider;
import cqloop.spi.AuthenticatorProvider;
import cqloop.spi.LoadBalancingPolicy;
import cqloop.spi.LoadBalancingProvider;
import cqloop.spi.PolicyContext;
import cqloop.spi.PolicyProvider;
import cqloop.spi.ReconnectionProvider;
import cqloop.spi.RetryPolicy;
import cqloop.spi.RetryProvider;
import cqloop.spi.SpeculativeExecutionProvider;
import cqloop.spi.ThrottleProvider;
import cqloop.spi.TimestampProvider;
import cqloop.testkit.fake.FakeNode;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What is said of policies that cannot be had, for each role alike: the connect fails, names what
 * is wrong and what there is, and leaves nothing behind.
 */
class PolicyErrorsTest {

  /** A role: its provider, a name that the driver has, a key that this one has, and its option. */
  enum Role {
    LOAD_BALANCING(
        LoadBalancingProvider.class,
        "load balancing policy",
        "dc-aware",
        (options, policy) -> options.getDefaultProfile().setLoadBalancing(policy)),
    RETRY(
        RetryProvider.class,
        "retry policy",
        "downgrading",
        (options, policy) -> options.getDefaultProfile().setRetry(policy)),
    SPECULATION(
        SpeculativeExecutionProvider.class,
        "speculative execution policy",
        "constant",
        (options, policy) -> options.getDefaultProfile().setSpeculativeExecution(policy)),
    THROTTLE(
        ThrottleProvider.class,
        "throttle",
        "concurrency",
        (options, policy) -> options.getRequest().setThrottle(policy)),
    RECONNECTION(
        ReconnectionProvider.class,
        "reconnection policy",
        "constant",
        (options, policy) -> options.getConnection().setReconnection(policy)),
    TIMESTAMP(
        TimestampProvider.class,
        "timestamp generator",
        "monotonic",
        (options, policy) -> options.getRequest().setTimestampGenerator(policy)),
    AUTHENTICATOR(
        AuthenticatorProvider.class,
        "authenticator",
        "plain",
        (options, policy) -> options.setAuth(policy)),
    TRANSLATOR(
        AddressTranslatorProvider.class,
        "address translator",
        "fixed-map",
        (options, policy) -> options.getConnection().setAddressTranslator(policy));

    final Class<?> provider;
    final String words;
    final String known;
    final BiConsumer<CqlOptions, PolicyOptions> option;

    Role(
        Class<?> provider,
        String words,
        String known,
        BiConsumer<CqlOptions, PolicyOptions> option) {
      this.provider = provider;
      this.words = words;
      this.known = known;
      this.option = option;
    }

    /** Returns a provider of this role that does what is given. */
    PolicyProvider<?> provider(Supplier<String> name, Function<PolicyContext, Object> create) {
      return (PolicyProvider<?>)
          Proxy.newProxyInstance(
              provider.getClassLoader(),
              new Class<?>[] {provider},
              (proxy, method, arguments) ->
                  switch (method.getName()) {
                    case "name" -> name.get();
                    case "create" -> create.apply((PolicyContext) arguments[0]);
                    default -> throw new AssertionError(method);
                  });
    }
  }

  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
  private final Fakes fakes = new Fakes();
  private final FakeNode node = fakes.start();

  @AfterEach
  void nothingIsLeft() {
    Fakes.awaitNoConnections(node);
    Awaits.get(vertx.close());
    fakes.close();
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void unknownNamesAreToldWithThoseThatThereAre(Role role) {
    assertThat(failure(role, new PolicyOptions("rack-frist")))
        .hasMessageStartingWith("Unknown %s 'rack-frist'. Known: ".formatted(role.words))
        .hasMessageContaining(role.known + " (");
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void unknownKeysAreTold(Role role) {
    assertThat(
            failure(role, new PolicyOptions(role.known).setConfig(new JsonObject().put("dely", 1))))
        .hasMessageContaining("'" + role.known + "'")
        .hasMessageContaining("'dely'");
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void aNameThatTwoProvidersClaimIsToldWithBoth(Role role) {
    PolicyProvider<?> second = role.provider(() -> role.known, context -> null);
    assertThat(failure(role, null, second))
        .hasMessageStartingWith(
            "Two providers claim the %s name '%s': ".formatted(role.words, role.known))
        .hasMessageContaining(second.getClass().getName())
        .hasMessageContaining("Provider");
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void aProviderThatFailsIsNamed(Role role) {
    PolicyProvider<?> failing =
        role.provider(
            () -> "mine",
            context -> {
              throw new IllegalStateException("no disk");
            });
    assertThat(failure(role, new PolicyOptions("mine"), failing))
        .hasMessageContaining("The %s 'mine' (".formatted(role.words))
        .hasMessageContaining(failing.getClass().getName())
        .hasMessageContaining("no disk");
  }

  /** As that of a plug-in whose own library is missing: no exception, but an error. */
  @ParameterizedTest
  @EnumSource(Role.class)
  void aProviderThatCannotBeLinkedIsNamed(Role role) {
    PolicyProvider<?> broken =
        role.provider(
            () -> "mine",
            context -> {
              throw new NoClassDefFoundError("com/acme/Missing");
            });
    assertThat(failure(role, new PolicyOptions("mine"), broken))
        .hasMessageContaining("The %s 'mine' (".formatted(role.words))
        .hasMessageContaining("com/acme/Missing");
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void aProviderThatGivesNothingIsNamed(Role role) {
    PolicyProvider<?> empty = role.provider(() -> "mine", context -> null);
    assertThat(failure(role, new PolicyOptions("mine"), empty))
        .hasMessageContaining("The %s 'mine' (".formatted(role.words))
        .hasMessageContaining("null");
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void aProviderWithoutANameIsNamed(Role role) {
    PolicyProvider<?> nameless = role.provider(() -> null, context -> null);
    assertThat(failure(role, null, nameless))
        .hasMessageContaining(role.words)
        .hasMessageContaining(nameless.getClass().getName());
  }

  /** A plug-in whose provider cannot be made, though nobody has asked for it by its name. */
  @Test
  void aProviderThatCannotBeLoadedIsNamed(@TempDir Path jar) throws IOException {
    Path services = Files.createDirectories(jar.resolve("META-INF/services"));
    Files.writeString(services.resolve(RetryProvider.class.getName()), Broken.class.getName());
    Thread here = Thread.currentThread();
    ClassLoader before = here.getContextClassLoader();
    try (URLClassLoader plugin = new URLClassLoader(new URL[] {jar.toUri().toURL()}, before)) {
      here.setContextClassLoader(plugin);
      assertThat(failure(Role.RETRY, null))
          .hasMessageContaining("retry policy")
          .hasMessageContaining(Broken.class.getName());
    } finally {
      here.setContextClassLoader(before);
    }
  }

  /** Found by the service loader, which cannot make it. */
  public static final class Broken implements RetryProvider {

    public Broken() {
      throw new IllegalStateException("no licence");
    }

    @Override
    public String name() {
      return "broken";
    }

    @Override
    public RetryPolicy create(PolicyContext context) {
      throw new AssertionError("it was never made");
    }
  }

  @Test
  void aPolicyThatThrowsAnErrorEndsTheConnect() {
    LoadBalancingPolicy policy =
        (LoadBalancingPolicy)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {LoadBalancingPolicy.class},
                (proxy, method, arguments) -> {
                  throw new StackOverflowError("in " + method.getName());
                });
    CqlOptions options = Fakes.options(node);
    options.getDefaultProfile().setLoadBalancing(new PolicyOptions("mine"));
    assertThat(
            Awaits.failure(
                CqlSession.builder(vertx)
                    .options(options)
                    .addProvider(Role.LOAD_BALANCING.provider(() -> "mine", context -> policy))
                    .connect()))
        .isInstanceOf(StackOverflowError.class);
  }

  @Test
  void aPolicyThatDecoratesOneThatIsUnknownIsNamedToo() {
    PolicyOptions outer =
        new PolicyOptions("token-aware")
            .setConfig(new JsonObject().put("policy", new JsonObject().put("name", "rack-frist")));
    assertThat(failure(Role.LOAD_BALANCING, outer))
        .hasMessageContaining("'token-aware'")
        .hasMessageContaining("'rack-frist'")
        .hasMessageContaining("rack-aware (");
  }

  private IllegalArgumentException failure(
      Role role, PolicyOptions policy, PolicyProvider<?>... providers) {
    CqlOptions options = Fakes.options(node);
    if (policy != null) {
      role.option.accept(options, policy);
    }
    CqlSessionBuilder builder = CqlSession.builder(vertx).options(options);
    for (PolicyProvider<?> provider : providers) {
      builder.addProvider(provider);
    }
    return Awaits.failure(IllegalArgumentException.class, builder.connect());
  }
}
