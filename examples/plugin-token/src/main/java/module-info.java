/** An authenticator in a jar of its own. */
module com.acme.token {
  requires cqloop.api;
  requires static io.vertx.codegen.api;

  provides cqloop.spi.AuthenticatorProvider with
      com.acme.token.TokenFileProvider;
}
