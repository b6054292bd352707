package cqloop.auth;

import cqloop.spi.Authenticator;
import cqloop.spi.AuthenticatorProvider;
import cqloop.spi.PolicyContext;
import org.jspecify.annotations.Nullable;

/**
 * Provides {@code dse-plain}: user and password as DataStax Enterprise wants them, that is after
 * the mechanism is agreed; to any other server as {@code plain}.
 */
public final class DsePlainAuthenticatorProvider implements AuthenticatorProvider {

  private final @Nullable CredentialsProvider credentials;

  /** Takes user and password from the configuration. */
  public DsePlainAuthenticatorProvider() {
    this(null);
  }

  private DsePlainAuthenticatorProvider(@Nullable CredentialsProvider credentials) {
    this.credentials = credentials;
  }

  /** Returns a provider that asks for credentials at each connection, for a session in code. */
  public static DsePlainAuthenticatorProvider of(CredentialsProvider credentials) {
    return new DsePlainAuthenticatorProvider(credentials);
  }

  @Override
  public String name() {
    return "dse-plain";
  }

  @Override
  public Authenticator create(PolicyContext context) {
    return PlainConfig.create(context, credentials, true);
  }
}
