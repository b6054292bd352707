package cqloop.auth;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.PrivilegedActionException;
import java.security.PrivilegedExceptionAction;
import java.util.HashMap;
import java.util.Map;
import javax.security.auth.Subject;
import javax.security.sasl.Sasl;
import javax.security.sasl.SaslClient;
import javax.security.sasl.SaslException;
import org.jspecify.annotations.Nullable;

/**
 * Owned by one worker at a time. The SASL side of one connection. Every method may block: each step
 * can ask the KDC for a ticket, and the name of the server may need a look-up.
 */
final class SaslExchange {

  private static final String[] MECHANISMS = {"GSSAPI"};

  private final KerberosConfig config;
  private final KerberosLogin login;
  private final String host;

  private @Nullable Subject subject;
  private @Nullable SaslClient client;

  /**
   * @param host address of the node
   */
  SaslExchange(KerberosConfig config, KerberosLogin login, String host) {
    this.config = config;
    this.login = login;
    this.host = host;
  }

  /** Logs in and returns the first token. */
  byte[] start() throws Exception {
    subject = login.subject();
    client = asSubject(this::newClient);
    return client.hasInitialResponse() ? step(new byte[0]) : new byte[0];
  }

  /** Returns the answer to a challenge, empty where SASL has none. */
  byte[] step(byte[] challenge) throws Exception {
    SaslClient running = client;
    if (running == null) {
      throw new SaslException("the exchange has not begun");
    }
    byte[] answer = asSubject(() -> running.evaluateChallenge(challenge));
    return answer == null ? new byte[0] : answer;
  }

  /** Returns why a step failed, and what to do about it. */
  String explain(Throwable failure) {
    return KerberosAdvice.explain(failure, config, host);
  }

  boolean isComplete() {
    return client != null && client.isComplete();
  }

  /** Drops the login where it did not work: a renewed ticket may. */
  void failed() {
    if (subject != null) {
      login.forget(subject);
    }
  }

  void dispose() throws SaslException {
    if (client != null) {
      client.dispose();
      client = null;
    }
  }

  private SaslClient newClient() throws SaslException, UnknownHostException {
    Map<String, String> properties = new HashMap<>();
    properties.put(Sasl.SERVER_AUTH, "true");
    properties.put(Sasl.QOP, config.qop());
    SaslClient created =
        Sasl.createSaslClient(
            MECHANISMS,
            config.authorizationId().isEmpty() ? null : config.authorizationId(),
            config.service(),
            serverName(),
            properties,
            null);
    if (created == null) {
      throw new SaslException("this JVM has no SASL mechanism GSSAPI (module java.security.jgss)");
    }
    return created;
  }

  /** The principal of a server is made for its canonical name, so an address is looked up. */
  private String serverName() throws UnknownHostException {
    return config.serverName().isEmpty()
        ? InetAddress.getByName(host).getCanonicalHostName()
        : config.serverName();
  }

  @SuppressWarnings("removal") // Subject.callAs, which replaces it, is only in Java 18 and later.
  private <T> T asSubject(PrivilegedExceptionAction<T> action) throws Exception {
    try {
      return Subject.doAs(subject, action);
    } catch (PrivilegedActionException e) {
      throw e.getException();
    }
  }
}
