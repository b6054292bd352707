package cqloop.netty.session;

import cqloop.PolicyOptions;
import cqloop.spi.AddressTranslatorProvider;
import cqloop.spi.AuthenticatorProvider;
import cqloop.spi.LoadBalancingProvider;
import cqloop.spi.PolicyProvider;
import cqloop.spi.ReconnectionProvider;
import cqloop.spi.RetryProvider;
import cqloop.spi.SpeculativeExecutionProvider;
import cqloop.spi.ThrottleProvider;
import cqloop.spi.TimestampProvider;
import java.net.URL;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Any thread. The providers of policies by role and name: those given in code first, then those
 * that {@link ServiceLoader} finds. Nothing is chosen silently: an unknown name and a name that two
 * providers claim are errors.
 */
final class PolicyRegistry {

  private final Map<Class<?>, Map<String, PolicyProvider<?>>> roles = new LinkedHashMap<>();
  private final Map<Class<?>, Object> shared = new ConcurrentHashMap<>();

  /**
   * @throws IllegalArgumentException when two providers of a role have one name
   */
  PolicyRegistry(List<PolicyProvider<?>> inCode) {
    // The caller of ServiceLoader must be the module that declares "uses": one line per role.
    add(LoadBalancingProvider.class, inCode, load(LoadBalancingProvider.class));
    add(RetryProvider.class, inCode, load(RetryProvider.class));
    add(SpeculativeExecutionProvider.class, inCode, load(SpeculativeExecutionProvider.class));
    add(ThrottleProvider.class, inCode, load(ThrottleProvider.class));
    add(ReconnectionProvider.class, inCode, load(ReconnectionProvider.class));
    add(TimestampProvider.class, inCode, load(TimestampProvider.class));
    add(AuthenticatorProvider.class, inCode, load(AuthenticatorProvider.class));
    add(AddressTranslatorProvider.class, inCode, load(AddressTranslatorProvider.class));
  }

  /**
   * Creates the policy that the options name.
   *
   * @throws IllegalArgumentException when there is no such provider, or it refuses its
   *     configuration
   */
  <P> P create(
      Class<? extends PolicyProvider<P>> role, PolicyOptions options, PolicyContextImpl context) {
    Map<String, PolicyProvider<?>> known = roles.getOrDefault(role, Map.of());
    PolicyProvider<?> provider = known.get(options.getName());
    if (provider == null) {
      throw new IllegalArgumentException(
          Names.unknown(roleName(role), options.getName(), described(known)));
    }
    @Nullable P policy;
    try {
      policy = role.cast(provider).create(context.withConfiguration(options.getConfig()));
    } catch (RuntimeException | LinkageError refused) {
      throw notCreated(role, provider, options, context, refused.getMessage(), refused);
    }
    if (policy == null) { // Foreign code: whatever its contract says.
      throw notCreated(role, provider, options, context, "the provider gave null", null);
    }
    return policy;
  }

  private static IllegalArgumentException notCreated(
      Class<?> role,
      PolicyProvider<?> provider,
      PolicyOptions options,
      PolicyContextImpl context,
      @Nullable String problem,
      @Nullable Throwable cause) {
    return new IllegalArgumentException(
        "The %s '%s' (%s) could not be created for profile '%s': %s"
            .formatted(
                roleName(role),
                options.getName(),
                provider.getClass().getName(),
                context.profile(),
                problem == null ? String.valueOf(cause) : problem),
        cause);
  }

  <T> T shared(Class<T> type, Supplier<T> maker) {
    return type.cast(shared.computeIfAbsent(type, absent -> maker.get()));
  }

  private <R extends PolicyProvider<?>> void add(
      Class<R> role, List<PolicyProvider<?>> inCode, Iterable<R> found) {
    Map<String, PolicyProvider<?>> byName = new TreeMap<>();
    for (PolicyProvider<?> provider : inCode) {
      if (role.isInstance(provider)) {
        addOnce(role, byName, provider);
      }
    }
    for (R provider : found) {
      addOnce(role, byName, provider);
    }
    roles.put(role, byName);
  }

  private static void addOnce(
      Class<?> role, Map<String, PolicyProvider<?>> byName, PolicyProvider<?> provider) {
    String name = nameOf(role, provider);
    PolicyProvider<?> other = byName.putIfAbsent(name, provider);
    if (other != null && other.getClass() != provider.getClass()) {
      throw new IllegalArgumentException(
          "Two providers claim the %s name '%s': %s and %s"
              .formatted(
                  roleName(role), name, other.getClass().getName(), provider.getClass().getName()));
    }
  }

  private static String nameOf(Class<?> role, PolicyProvider<?> provider) {
    @Nullable String name;
    @Nullable Throwable cause = null;
    try {
      name = provider.name();
    } catch (RuntimeException | LinkageError broken) {
      name = null;
      cause = broken;
    }
    if (name == null || name.isBlank()) {
      throw new IllegalArgumentException(
          "A provider of the role %s has no name: %s%s"
              .formatted(
                  roleName(role), provider.getClass().getName(), cause == null ? "" : ", " + cause),
          cause);
    }
    return name;
  }

  /** Looks where the application's classes are, then where the driver's are, as Vert.x does. */
  private static <R> List<R> load(Class<R> role) {
    Map<Class<?>, R> byClass = new LinkedHashMap<>();
    try {
      load(role, byClass);
    } catch (ServiceConfigurationError broken) {
      // Its message names the class; a plug-in that is left out silently would be missed later.
      throw new IllegalArgumentException(
          "A provider of the role %s could not be loaded: %s"
              .formatted(roleName(role), broken.getMessage()),
          broken);
    }
    return new ArrayList<>(byClass.values());
  }

  private static <R> void load(Class<R> role, Map<Class<?>, R> byClass) {
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    if (context != null) {
      ServiceLoader.load(role, context).forEach(found -> byClass.put(found.getClass(), found));
    }
    ServiceLoader.load(role, PolicyRegistry.class.getClassLoader())
        .forEach(found -> byClass.putIfAbsent(found.getClass(), found));
  }

  /** Returns for example {@code load balancing policy} for {@link LoadBalancingProvider}. */
  private static String roleName(Class<?> role) {
    if (role == AuthenticatorProvider.class) {
      return "authenticator";
    } else if (role == TimestampProvider.class) {
      return "timestamp generator";
    } else if (role == AddressTranslatorProvider.class) {
      return "address translator";
    } else if (role == ThrottleProvider.class) {
      return "throttle";
    } else if (role == RetryProvider.class) {
      return "retry policy";
    } else if (role == ReconnectionProvider.class) {
      return "reconnection policy";
    }
    return role == LoadBalancingProvider.class
        ? "load balancing policy"
        : "speculative execution policy";
  }

  private static List<String> described(Map<String, PolicyProvider<?>> known) {
    List<String> names = new ArrayList<>();
    known.forEach((name, provider) -> names.add(name + " (" + sourceOf(provider) + ")"));
    return names;
  }

  private static String sourceOf(PolicyProvider<?> provider) {
    CodeSource source = provider.getClass().getProtectionDomain().getCodeSource();
    @Nullable URL location = source == null ? null : source.getLocation();
    if (location == null) {
      return provider.getClass().getName();
    }
    String path = location.getPath();
    String trimmed = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    return trimmed.substring(trimmed.lastIndexOf('/') + 1);
  }
}
