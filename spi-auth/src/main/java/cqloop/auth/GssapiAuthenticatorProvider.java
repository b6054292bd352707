package cqloop.auth;

import cqloop.spi.Authenticator;
import cqloop.spi.AuthenticatorProvider;
import cqloop.spi.PolicyConfig;
import cqloop.spi.PolicyContext;
import io.vertx.core.WorkerExecutor;
import javax.security.auth.Subject;
import javax.security.auth.login.LoginContext;
import javax.security.auth.login.LoginException;

/**
 * Provides {@code gssapi}: Kerberos by keytab, ticket cache or a JAAS entry of the JVM, to DataStax
 * Enterprise and to servers that speak GSSAPI at once; as oneself, or as another by authorization
 * id.
 */
public final class GssapiAuthenticatorProvider implements AuthenticatorProvider {

  @Override
  public String name() {
    return "gssapi";
  }

  @Override
  public Authenticator create(PolicyContext context) {
    PolicyConfig config =
        PolicyConfig.of(
            context,
            "service",
            "authorizationId",
            "loginEntry",
            "principal",
            "keytab",
            "ticketCache",
            "serverName",
            "qop",
            ServerClasses.KEY,
            NotAsked.KEY);
    KerberosConfig kerberos = KerberosConfig.read(config);
    // One thread for all: it guards the login, and a KDC that hangs takes no worker of the
    // application.
    WorkerExecutor worker = context.vertx().createSharedWorkerExecutor("cqloop-gssapi", 1);
    return new GssapiAuthenticator(
        kerberos,
        new KerberosLogin(() -> login(kerberos), context::currentTimeMillis),
        ServerClasses.read(config),
        NotAsked.read(config),
        worker);
  }

  private static Subject login(KerberosConfig kerberos) throws LoginException {
    Subject subject = new Subject();
    new LoginContext(kerberos.entry(), subject, null, kerberos.jaas()).login();
    return subject;
  }
}
