/** Authenticators. */
module cqloop.auth {
  requires transitive cqloop.api;
  requires static io.vertx.codegen.api;

  exports cqloop.auth;

  provides cqloop.spi.AuthenticatorProvider with
      cqloop.auth.DsePlainAuthenticatorProvider,
      cqloop.auth.ExternalAuthenticatorProvider,
      cqloop.auth.NoAuthenticatorProvider,
      cqloop.auth.PlainAuthenticatorProvider;
}
