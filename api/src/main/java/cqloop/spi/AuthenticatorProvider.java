package cqloop.spi;

/** Provides authenticators. */
public interface AuthenticatorProvider extends PolicyProvider<Authenticator> {}
