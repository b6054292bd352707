/** Authenticators. */
module cqloop.auth {
  requires transitive cqloop.api;
  requires io.vertx.core.logging;
  requires java.security.jgss;
  requires java.security.sasl;
  // Kerberos login and the mechanism GSSAPI are found by name, so nothing else would bring them.
  requires jdk.security.auth;
  requires jdk.security.jgss;
  requires static io.vertx.codegen.api;

  exports cqloop.auth;

  provides cqloop.spi.AuthenticatorProvider with
      cqloop.auth.DsePlainAuthenticatorProvider,
      cqloop.auth.ExternalAuthenticatorProvider,
      cqloop.auth.GssapiAuthenticatorProvider,
      cqloop.auth.NoAuthenticatorProvider,
      cqloop.auth.PlainAuthenticatorProvider;
}
