package cqloop.auth;

import cqloop.spi.Authenticator;
import cqloop.spi.AuthenticatorProvider;
import cqloop.spi.PolicyContext;
import org.jspecify.annotations.Nullable;

/**
 * Provides {@code plain}: user and password at once, as the {@code PasswordAuthenticator} of
 * Cassandra and every compatible server want them.
 */
public final class PlainAuthenticatorProvider implements AuthenticatorProvider {

  private final @Nullable CredentialsProvider credentials;

  /** Takes user and password from the configuration. */
  public PlainAuthenticatorProvider() {
    this(null);
  }

  private PlainAuthenticatorProvider(@Nullable CredentialsProvider credentials) {
    this.credentials = credentials;
  }

  /** Returns a provider that asks for credentials at each connection, for a session in code. */
  public static PlainAuthenticatorProvider of(CredentialsProvider credentials) {
    return new PlainAuthenticatorProvider(credentials);
  }

  @Override
  public String name() {
    return "plain";
  }

  @Override
  public Authenticator create(PolicyContext context) {
    return PlainConfig.create(context, credentials, false);
  }
}
