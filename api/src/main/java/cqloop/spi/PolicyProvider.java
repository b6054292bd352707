package cqloop.spi;

/**
 * The one way in for every policy. Found by {@link java.util.ServiceLoader} under the sub-interface
 * of its role, or given to the session builder.
 *
 * @param <P> the policy
 */
public interface PolicyProvider<P> {

  /**
   * Returns the name that options use: lower-kebab, unique in its role, for example {@code
   * rack-first}.
   */
  String name();

  /**
   * Creates the policy. Must not block. Called on the event loop whose requests it will serve, once
   * per loop and execution profile for policies of requests, so that a policy needs no locks; a
   * provider that gives one instance to all loops must make it safe for them.
   *
   * @throws IllegalArgumentException when the configuration cannot work; the message names the key
   */
  P create(PolicyContext context);
}
