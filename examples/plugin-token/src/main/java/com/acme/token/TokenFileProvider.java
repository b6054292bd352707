package com.acme.token;

import cqloop.spi.Authenticator;
import cqloop.spi.AuthenticatorProvider;
import cqloop.spi.PolicyConfig;
import cqloop.spi.PolicyContext;

/**
 * Provides {@code token-file}: user and token, the token from a file that is read at each log-in,
 * because something else renews it.
 */
public final class TokenFileProvider implements AuthenticatorProvider {

  /** Called by {@code ServiceLoader}. */
  public TokenFileProvider() {}

  @Override
  public String name() {
    return "token-file";
  }

  @Override
  public Authenticator create(PolicyContext context) {
    PolicyConfig config = PolicyConfig.of(context, "username", "file");
    String username = config.text("username");
    String file = config.text("file");
    return (node, serverClass) -> new TokenSession(context.vertx(), node, username, file);
  }
}
