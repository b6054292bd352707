package cqloop.auth;

import cqloop.spi.AuthSession;
import cqloop.spi.Authenticator;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.net.SocketAddress;

/** Any thread. Kerberos, as SASL GSSAPI. Nothing of it runs on an event loop. */
final class GssapiAuthenticator implements Authenticator {

  private final KerberosConfig config;
  private final KerberosLogin login;
  private final ServerClasses serverClasses;
  private final NotAsked notAsked;
  private final WorkerExecutor worker;

  /**
   * @param worker runs blocking code one by one, and so is what guards the login
   */
  GssapiAuthenticator(
      KerberosConfig config,
      KerberosLogin login,
      ServerClasses serverClasses,
      NotAsked notAsked,
      WorkerExecutor worker) {
    this.config = config;
    this.login = login;
    this.serverClasses = serverClasses;
    this.notAsked = notAsked;
    this.worker = worker;
  }

  @Override
  public AuthSession begin(SocketAddress node, String serverAuthenticator) {
    AuthSession refusal = serverClasses.refusal(node, serverAuthenticator);
    if (refusal != null) {
      return refusal;
    }
    String host = node.hostAddress() == null ? node.host() : node.hostAddress();
    if (host == null) {
      return ServerClasses.failing(node, "Kerberos needs the host of the node, and it has none");
    }
    return new GssapiSession(
        node,
        new SaslExchange(config, login, host),
        worker,
        serverAuthenticator.equals(ServerClasses.DSE));
  }

  @Override
  public void onNotAsked(SocketAddress node) {
    notAsked.onNode(node);
  }

  @Override
  public String toString() {
    return "gssapi authenticator of service " + config.service();
  }
}
