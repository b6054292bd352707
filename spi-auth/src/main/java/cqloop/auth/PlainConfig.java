package cqloop.auth;

import cqloop.spi.Authenticator;
import cqloop.spi.PolicyConfig;
import cqloop.spi.PolicyContext;
import io.vertx.core.Future;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Value. Reads what {@code plain} and {@code dse-plain} have in common. */
final class PlainConfig {

  private PlainConfig() {}

  /**
   * Returns the authenticator.
   *
   * @param supplied where the credentials come from, or null to read them from the configuration
   * @param dseDialect whether the server may negotiate the mechanism
   */
  static Authenticator create(
      PolicyContext context, @Nullable CredentialsProvider supplied, boolean dseDialect) {
    PolicyConfig config =
        supplied == null
            ? PolicyConfig.of(
                context,
                "username",
                "password",
                "authorizationId",
                ServerClasses.KEY,
                NotAsked.KEY,
                ClearText.KEY)
            : PolicyConfig.of(
                context, "authorizationId", ServerClasses.KEY, NotAsked.KEY, ClearText.KEY);
    return new PlainAuthenticator(
        supplied == null ? fixed(config) : supplied,
        Objects.requireNonNullElse(config.text("authorizationId", null), ""),
        ServerClasses.read(config),
        NotAsked.read(config),
        ClearText.read(context, config),
        dseDialect);
  }

  private static CredentialsProvider fixed(PolicyConfig config) {
    String username = config.text("username");
    char[] password = config.secret("password");
    // A copy for each connection: the exchange overwrites what it is given.
    return node -> Future.succeededFuture(new Credentials(username, password.clone()));
  }
}
