package cqloop.auth;

import cqloop.error.AuthenticationFailed;
import cqloop.spi.PolicyConfig;
import io.vertx.core.internal.logging.Logger;
import io.vertx.core.internal.logging.LoggerFactory;
import io.vertx.core.net.SocketAddress;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Any thread. What to do about a node that lets everybody in although credentials are configured:
 * its authentication was switched off, or it is not the node that one thinks.
 */
final class NotAsked {

  static final String KEY = "whenNotAsked";

  private static final Logger LOG = LoggerFactory.getLogger(NotAsked.class);

  private static final int MOST_NODES_NOTED = 1000;

  private final String deed;
  private final Set<String> told = ConcurrentHashMap.newKeySet();

  private NotAsked(String deed) {
    this.deed = deed;
  }

  static NotAsked read(PolicyConfig config) {
    String deed = Objects.requireNonNullElse(config.text(KEY, null), "warn");
    if (!deed.equals("warn") && !deed.equals("refuse") && !deed.equals("ignore")) {
      throw PolicyConfig.wrong(KEY, deed, "warn, refuse or ignore");
    }
    return new NotAsked(deed);
  }

  /** Warns once of each node, or refuses it, or does nothing. */
  void onNode(SocketAddress node) {
    String name = ServerClasses.name(node);
    if (deed.equals("refuse")) {
      throw new AuthenticationFailed(
          name,
          "the node lets everybody in and '%s' is 'refuse'; check its authenticator".formatted(KEY),
          null);
    }
    if (deed.equals("warn") && told.size() < MOST_NODES_NOTED && told.add(name)) {
      LOG.warn(
          "%s did not ask who we are, although credentials are configured: check its authenticator"
              .formatted(name));
    }
  }
}
