package cqloop.auth;

import cqloop.spi.AuthSession;
import cqloop.spi.PolicyConfig;
import cqloop.spi.PolicyContext;
import io.vertx.core.internal.logging.Logger;
import io.vertx.core.internal.logging.LoggerFactory;
import io.vertx.core.net.SocketAddress;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Any thread. What to do where a password would travel in clear: anybody in between could read it,
 * and whoever takes the place of the node would be given it. A connection that does not leave this
 * machine is not such a place.
 */
final class ClearText {

  static final String KEY = "whenNotEncrypted";

  private static final Logger LOG = LoggerFactory.getLogger(ClearText.class);

  private final boolean encrypted;
  private final String deed;
  private final AtomicBoolean told = new AtomicBoolean();

  private ClearText(boolean encrypted, String deed) {
    this.encrypted = encrypted;
    this.deed = deed;
  }

  static ClearText read(PolicyContext context, PolicyConfig config) {
    String deed = Objects.requireNonNullElse(config.text(KEY, null), "refuse");
    if (!deed.equals("warn") && !deed.equals("refuse") && !deed.equals("ignore")) {
      throw PolicyConfig.wrong(KEY, deed, "warn, refuse or ignore");
    }
    return new ClearText(context.isEncrypted(), deed);
  }

  /** Returns the failing exchange where nothing may be sent, else null; warns once if it shall. */
  @Nullable AuthSession refusal(SocketAddress node) {
    if (encrypted || deed.equals("ignore") || isThisMachine(node)) {
      return null;
    }
    if (deed.equals("refuse")) {
      return ServerClasses.failing(
          node,
          "the password would travel in clear text; nothing was sent. Set the tls option, or set '%s'"
                  .formatted(KEY)
              + " in the configuration of auth to 'warn' or 'ignore' if the network is to be trusted");
    }
    if (told.compareAndSet(false, true)) {
      LOG.warn(
          "The password travels in clear text, to %s first: set the tls option"
              .formatted(ServerClasses.name(node)));
    }
    return null;
  }

  /** By the text alone: a loop must not look names up, and a name says what its owner wants. */
  static boolean isThisMachine(SocketAddress node) {
    if (!node.isInetSocket()) {
      return true;
    }
    String host = node.host();
    return host.equals("localhost")
        || host.equals("::1")
        || host.equals("0:0:0:0:0:0:0:1")
        || (host.startsWith("127.") && hasOnlyDigitsAndDots(host));
  }

  private static boolean hasOnlyDigitsAndDots(String host) {
    for (int i = 0; i < host.length(); i++) {
      char c = host.charAt(i);
      if (c != '.' && (c < '0' || c > '9')) {
        return false;
      }
    }
    return true;
  }
}
