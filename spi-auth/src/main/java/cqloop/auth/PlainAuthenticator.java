package cqloop.auth;

import cqloop.spi.AuthSession;
import cqloop.spi.Authenticator;
import io.vertx.core.net.SocketAddress;

/**
 * Any thread. User and password in clear text, as SASL PLAIN: safe only on an encrypted connection.
 */
final class PlainAuthenticator implements Authenticator {

  private final CredentialsProvider credentials;
  private final String authorizationId;
  private final ServerClasses serverClasses;
  private final NotAsked notAsked;
  private final ClearText clearText;
  private final boolean dseDialect;

  /**
   * @param credentials asked for each connection
   * @param authorizationId who to act as; empty to act as the user
   * @param serverClasses the servers that may be answered
   * @param notAsked what to do about servers that do not ask
   * @param clearText what to do about connections that are not encrypted
   * @param dseDialect whether to name the mechanism first where the server negotiates it
   */
  PlainAuthenticator(
      CredentialsProvider credentials,
      String authorizationId,
      ServerClasses serverClasses,
      NotAsked notAsked,
      ClearText clearText,
      boolean dseDialect) {
    this.credentials = credentials;
    this.authorizationId = authorizationId;
    this.serverClasses = serverClasses;
    this.notAsked = notAsked;
    this.clearText = clearText;
    this.dseDialect = dseDialect;
  }

  @Override
  public AuthSession begin(SocketAddress node, String serverAuthenticator) {
    AuthSession refusal = serverClasses.refusal(node, serverAuthenticator);
    if (refusal == null) {
      refusal = clearText.refusal(node);
    }
    if (refusal != null) {
      return refusal;
    }
    boolean mechanismFirst = dseDialect && serverAuthenticator.equals(ServerClasses.DSE);
    return new PlainSession(node, credentials, authorizationId, mechanismFirst);
  }

  @Override
  public void onNotAsked(SocketAddress node) {
    notAsked.onNode(node);
  }

  @Override
  public String toString() {
    return dseDialect ? "dse-plain authenticator" : "plain authenticator";
  }
}
