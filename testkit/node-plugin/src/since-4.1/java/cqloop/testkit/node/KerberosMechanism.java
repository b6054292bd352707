package cqloop.testkit.node;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivilegedActionException;
import java.security.PrivilegedExceptionAction;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import javax.security.auth.Subject;
import javax.security.auth.callback.Callback;
import javax.security.auth.login.AppConfigurationEntry;
import javax.security.auth.login.AppConfigurationEntry.LoginModuleControlFlag;
import javax.security.auth.login.Configuration;
import javax.security.auth.login.LoginContext;
import javax.security.auth.login.LoginException;
import javax.security.sasl.AuthorizeCallback;
import javax.security.sasl.Sasl;
import javax.security.sasl.SaslException;
import javax.security.sasl.SaslServer;
import org.apache.cassandra.auth.AuthenticatedUser;
import org.apache.cassandra.exceptions.AuthenticationException;
import org.jspecify.annotations.Nullable;

/**
 * GSSAPI by the JDK. The principal of the node and its keytab come from a properties file, which
 * the system property {@link #FILE} names. It and krb5.conf are read anew for each log-in: a test
 * knows the address of a node, and so its principal, only when it runs.
 */
final class KerberosMechanism implements DseNegotiator.Mechanism {
  /** Holds {@code principal}, for example {@code dse/127.0.0.1@TK.TEST}, and {@code keytab}. */
  static final String FILE = "cqloop.node.kerberos";

  private final Subject node;
  private final SaslServer sasl;
  private String user = "";

  KerberosMechanism() {
    Properties identity = identity();
    String principal = identity.getProperty("principal", "");
    String service = principal.substring(0, Math.max(0, principal.indexOf('/')));
    int realm = principal.indexOf('@');
    if (service.isEmpty() || realm < 0) {
      throw new AuthenticationException("this node has no Kerberos principal");
    }
    String host = principal.substring(service.length() + 1, realm);
    try {
      node = login(principal, identity.getProperty("keytab", ""));
      sasl =
          as(
              () ->
                  Sasl.createSaslServer(
                      "GSSAPI",
                      service,
                      host,
                      Map.of(Sasl.QOP, "auth,auth-int,auth-conf"),
                      this::accept));
    } catch (LoginException | SaslException e) {
      throw refusal(e);
    }
  }

  @Override
  public byte @Nullable [] evaluate(byte[] response) {
    try {
      return as(() -> sasl.evaluateResponse(response));
    } catch (SaslException e) {
      throw refusal(e);
    }
  }

  @Override
  public boolean isComplete() {
    return sasl.isComplete();
  }

  @Override
  public AuthenticatedUser user() {
    return new AuthenticatedUser(roleOf(user));
  }

  @Override
  public String actAs() {
    return roleOf(sasl.getAuthorizationID());
  }

  /** Whether one may act as the other is decided later, by the permissions of the server. */
  private void accept(Callback[] callbacks) {
    for (Callback callback : callbacks) {
      AuthorizeCallback question = (AuthorizeCallback) callback;
      user = question.getAuthenticationID();
      question.setAuthorized(true);
      question.setAuthorizedID(question.getAuthorizationID());
    }
  }

  private static Properties identity() {
    Properties identity = new Properties();
    try (Reader reader = Files.newBufferedReader(Path.of(System.getProperty(FILE, "")))) {
      identity.load(reader);
    } catch (IOException e) {
      throw new AuthenticationException("this node has no Kerberos principal: " + e);
    }
    return identity;
  }

  private static String roleOf(String principal) {
    int realm = principal.indexOf('@');
    return realm < 0 ? principal : principal.substring(0, realm);
  }

  private static Subject login(String principal, String keytab) throws LoginException {
    Map<String, String> options = new HashMap<>();
    options.put("principal", principal);
    options.put("useKeyTab", "true");
    options.put("keyTab", keytab);
    options.put("storeKey", "true");
    options.put("doNotPrompt", "true");
    options.put("isInitiator", "false");
    options.put("refreshKrb5Config", "true");
    AppConfigurationEntry[] entries = {
      new AppConfigurationEntry(
          "com.sun.security.auth.module.Krb5LoginModule", LoginModuleControlFlag.REQUIRED, options)
    };
    Configuration jaas =
        new Configuration() {
          @Override
          public AppConfigurationEntry[] getAppConfigurationEntry(String name) {
            return entries;
          }
        };
    Subject subject = new Subject();
    new LoginContext("node", subject, null, jaas).login();
    return subject;
  }

  @SuppressWarnings("removal") // Subject.callAs, which replaces it, is only in Java 18 and later.
  private <T> T as(PrivilegedExceptionAction<T> action) throws SaslException {
    try {
      return Subject.doAs(node, action);
    } catch (PrivilegedActionException e) {
      throw new SaslException("GSSAPI failed", e.getException());
    }
  }

  /** The client sees the text only, so it names the first cause. */
  private static AuthenticationException refusal(Exception failure) {
    Throwable cause = failure;
    while (cause.getCause() != null && cause.getCause() != cause) {
      cause = cause.getCause();
    }
    return new AuthenticationException("GSSAPI: " + cause.getMessage());
  }
}
