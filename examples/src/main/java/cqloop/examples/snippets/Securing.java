package cqloop.examples.snippets;

import cqloop.CqlOptions;
import cqloop.CqlSession;
import cqloop.PagingState;
import cqloop.PagingStateGuard;
import cqloop.PolicyOptions;
import cqloop.Statement;
import cqloop.TlsOptions;
import cqloop.auth.Credentials;
import cqloop.auth.PlainAuthenticatorProvider;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.time.Duration;

/** Value. TLS, log-in, cloud bundles, and paging states that leave the application. */
public final class Securing {
  private Securing() {}

  /** What keeps the passwords of an application. */
  public interface Vault {
    /** Gives what a role logs in with now. */
    Future<Credentials> credentials(String role);
  }

  /** Both sides show certificates. */
  public static void tls(CqlOptions options, String password) {
    TlsOptions tls = new TlsOptions();
    tls.getTrust().setCertificatesPath("/etc/cassandra/ca.pem");
    tls.getKey()
        .setCertificateChainPath("/etc/app/client.pem")
        .setPrivateKeyPath("/etc/app/client.key")
        .setPrivateKeyPassword(password);
    options.setTls(tls);
  }

  /** New keys without a new session. */
  public static void reload(CqlSession session, TlsOptions newOptions) {
    session.reloadTls(); // the files of the options again
    session.reloadTls(newOptions); // or other options
  }

  /** A password in the options. */
  public static void password(CqlOptions options, String password) {
    options.setAuth(
        new PolicyOptions("plain")
            .setConfig(new JsonObject().put("username", "app").put("password", password)));
  }

  /** A password that is asked for at each new connection. */
  public static Future<CqlSession> rotated(Vertx vertx, CqlOptions options, Vault vault) {
    return CqlSession.builder(vertx)
        .options(options.setAuth(new PolicyOptions("plain")))
        .addProvider(PlainAuthenticatorProvider.of(node -> vault.credentials("app")))
        .connect();
  }

  /** A database in the cloud. */
  public static void cloud(CqlOptions options, PolicyOptions auth) {
    options.setCloudBundle("/etc/secure-connect-shop.zip").setAuth(auth);
  }

  /** The next page by a link that nobody else can make. */
  public static String sealed(byte[] key, PagingState next, Statement<?> statement, String user) {
    PagingStateGuard guard = PagingStateGuard.of(key, Duration.ofHours(1));
    String link = guard.seal(next, statement, user);
    return link;
  }

  /** The page that such a link leads to. */
  public static PagingState opened(
      PagingStateGuard guard, HttpServerRequest request, Statement<?> statement, String user) {
    PagingState state = guard.open(request.getParam("page"), statement, user);
    return state;
  }
}
