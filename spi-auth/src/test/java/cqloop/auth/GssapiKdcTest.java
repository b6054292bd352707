package cqloop.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cqloop.error.AuthenticationFailed;
import cqloop.spi.AuthSession;
import cqloop.spi.Authenticator;
import cqloop.testkit.kdc.Kdc;
import cqloop.testkit.tck.AuthenticatorTck;
import cqloop.testkit.tck.TckContext;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.SocketAddress;
import java.nio.file.Path;
import java.security.PrivilegedActionException;
import java.security.PrivilegedExceptionAction;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import javax.security.auth.Subject;
import javax.security.auth.callback.Callback;
import javax.security.sasl.AuthorizeCallback;
import javax.security.sasl.Sasl;
import javax.security.sasl.SaslException;
import javax.security.sasl.SaslServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** GSSAPI against a KDC and the SASL server of the JDK. */
class GssapiKdcTest {

  private static final SocketAddress NODE = SocketAddress.inetSocketAddress(9042, "127.0.0.1");
  private static final String HOST = "node1.tk.test";
  private static final String PLAIN_GSSAPI = "com.example.KerberosAuthenticator";

  @TempDir private static Path folder;
  private static Kdc kdc;
  private static Vertx vertx;
  private static String alice;
  private static Subject service;

  @BeforeAll
  static void open() throws Exception {
    kdc = new Kdc(folder);
    alice = kdc.keytab("alice");
    service = KeytabLogin.server("dse/" + HOST, kdc.keytab("dse/" + HOST));
    vertx = Vertx.vertx();
  }

  @AfterAll
  static void close() throws Exception {
    get(vertx.close());
    kdc.close();
  }

  @Test
  void logsInByKeytab() throws Exception {
    Server server = new Server("alice@TK.TEST");
    AuthSession session = authenticator(config()).begin(NODE, PLAIN_GSSAPI);
    server.run(session, get(session.first()));
    assertThat(server.authorizationId()).isEqualTo("alice@TK.TEST");
    get(session.onSuccess(null));
    session.close();
  }

  @Test
  void agreesOnTheMechanismWithDse() throws Exception {
    Server server = new Server("alice@TK.TEST");
    AuthSession session = authenticator(config()).begin(NODE, ServerClasses.DSE);
    assertThat(get(session.first()).toString()).isEqualTo("GSSAPI");
    server.run(session, get(session.answer(Buffer.buffer("GSSAPI-START"))));
    assertThat(server.authorizationId()).isEqualTo("alice@TK.TEST");
    get(session.onSuccess(null));
  }

  @Test
  void actsAsAnotherByAuthorizationId() throws Exception {
    Server server = new Server("bob");
    AuthSession session =
        authenticator(config().put("authorizationId", "bob")).begin(NODE, PLAIN_GSSAPI);
    server.run(session, get(session.first()));
    assertThat(server.authenticationId).isEqualTo("alice@TK.TEST");
    assertThat(server.authorizationId()).isEqualTo("bob");
    get(session.onSuccess(null));
  }

  @Test
  void protectsTheExchangeWhenTold() throws Exception {
    for (String qop : List.of("auth-int", "auth-conf")) {
      Server server = new Server("alice@TK.TEST");
      AuthSession session = authenticator(config().put("qop", qop)).begin(NODE, PLAIN_GSSAPI);
      server.run(session, get(session.first()));
      assertThat(server.sasl.getNegotiatedProperty(Sasl.QOP)).isEqualTo(qop);
      get(session.onSuccess(null));
    }
  }

  @Test
  void doesNotTrustASuccessThatComesTooEarly() throws Exception {
    AuthSession session = authenticator(config()).begin(NODE, PLAIN_GSSAPI);
    assertThat(get(session.first()).length()).isPositive();
    assertThatThrownBy(() -> get(session.onSuccess(null)))
        .isInstanceOf(AuthenticationFailed.class)
        .hasMessageContaining("before it proved who it is");
    assertThatThrownBy(() -> get(session.onSuccess(Buffer.buffer("forged"))))
        .isInstanceOf(AuthenticationFailed.class);
  }

  @Test
  void refusesAChallengeThatIsNotFromTheServer() throws Exception {
    AuthSession session = authenticator(config()).begin(NODE, PLAIN_GSSAPI);
    assertThat(get(session.first()).length()).isPositive();
    assertThatThrownBy(() -> get(session.answer(Buffer.buffer("forged"))))
        .isInstanceOf(AuthenticationFailed.class)
        .hasMessageContaining("a step of GSSAPI failed");
  }

  @Test
  void tellsThatTheServiceIsNotKnown() {
    AuthSession session =
        authenticator(config().put("service", "cassandra")).begin(NODE, PLAIN_GSSAPI);
    assertThatThrownBy(() -> get(session.first()))
        .isInstanceOf(AuthenticationFailed.class)
        .hasMessageContaining("Server not found in Kerberos database");
  }

  @Test
  void tellsThatThePrincipalIsNotKnown() {
    AuthSession session =
        authenticator(config().put("principal", "mallory@TK.TEST")).begin(NODE, PLAIN_GSSAPI);
    assertThatThrownBy(() -> get(session.first()))
        .isInstanceOf(AuthenticationFailed.class)
        .hasMessageStartingWith("Authentication to 127.0.0.1:9042 failed: the login");
  }

  @Test
  void servesManyConnections() throws Exception {
    Authenticator authenticator = authenticator(config());
    for (int i = 0; i < 20; i++) {
      Server server = new Server("alice@TK.TEST");
      AuthSession session = authenticator.begin(NODE, PLAIN_GSSAPI);
      server.run(session, get(session.first()));
      get(session.onSuccess(null));
      session.close();
    }
  }

  @Nested
  class Checks extends AuthenticatorTck {
    @Override
    protected Authenticator authenticator(Vertx sessionVertx) {
      return new GssapiAuthenticatorProvider()
          .create(TckContext.create(config()).withVertx(sessionVertx));
    }

    @Override
    protected String serverClass() {
      return PLAIN_GSSAPI;
    }

    @Override
    protected List<String> secrets() {
      return List.of("pw-alice");
    }

    @Override
    protected boolean isRepeatable() {
      return false;
    }
  }

  private static JsonObject config() {
    return new JsonObject()
        .put("principal", "alice@TK.TEST")
        .put("keytab", alice)
        .put("serverName", HOST);
  }

  private static Authenticator authenticator(JsonObject config) {
    return new GssapiAuthenticatorProvider().create(TckContext.create(config).withVertx(vertx));
  }

  private static <T> T get(Future<T> future) throws Exception {
    try {
      return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw (Exception) e.getCause();
    }
  }

  /** The other end of one exchange. */
  private static final class Server {
    private final String allowed;
    private final SaslServer sasl;
    private String authenticationId = "";

    Server(String allowed) throws Exception {
      this.allowed = allowed;
      sasl =
          as(
              () ->
                  Sasl.createSaslServer(
                      "GSSAPI",
                      "dse",
                      HOST,
                      Map.of(Sasl.QOP, "auth,auth-int,auth-conf"),
                      this::decide));
    }

    /** Goes on until the server is content. */
    void run(AuthSession client, Buffer first) throws Exception {
      Buffer token = first;
      for (int step = 0; step < 10 && !sasl.isComplete(); step++) {
        byte[] bytes = token.getBytes();
        byte[] challenge = as(() -> sasl.evaluateResponse(bytes));
        if (!sasl.isComplete()) {
          token = get(client.answer(Buffer.buffer(challenge)));
        }
      }
      assertThat(sasl.isComplete()).as("the server is content").isTrue();
    }

    String authorizationId() {
      return sasl.getAuthorizationID();
    }

    private void decide(Callback[] callbacks) {
      for (Callback callback : callbacks) {
        AuthorizeCallback question = (AuthorizeCallback) callback;
        authenticationId = question.getAuthenticationID();
        question.setAuthorized(question.getAuthorizationID().equals(allowed));
        question.setAuthorizedID(question.getAuthorizationID());
      }
    }

    @SuppressWarnings("removal")
    private static <T> T as(PrivilegedExceptionAction<T> action) throws Exception {
      try {
        return Subject.doAs(service, action);
      } catch (PrivilegedActionException e) {
        throw (SaslException) e.getException();
      }
    }
  }
}
