package cqloop.auth;

import cqloop.spi.Authenticator;
import cqloop.spi.AuthenticatorProvider;
import cqloop.spi.PolicyContext;
import java.util.Set;

/** Provides {@code none}: for servers that ask nobody; fails where one asks. */
public final class NoAuthenticatorProvider implements AuthenticatorProvider {

  @Override
  public String name() {
    return "none";
  }

  @Override
  public Authenticator create(PolicyContext context) {
    context.requireKeys(Set.of());
    return (node, serverAuthenticator) ->
        ServerClasses.failing(
            node,
            "the server asks through '%s', but no authenticator is configured. Set auth, for example"
                    .formatted(serverAuthenticator)
                + " to 'plain' with username and password");
  }
}
