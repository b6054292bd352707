package cqloop.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import cqloop.error.AuthenticationFailed;
import cqloop.spi.AuthSession;
import cqloop.spi.Authenticator;
import cqloop.testkit.tck.TckContext;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlainAuthenticatorTest {

  private static final SocketAddress NODE = SocketAddress.inetSocketAddress(9042, "127.0.0.1");
  private static final String PASSWORD_CLASS = "org.apache.cassandra.auth.PasswordAuthenticator";

  @Test
  void sendsUserAndPasswordAtOnce() {
    AuthSession session = plain(credentials("app", "s3cret")).begin(NODE, PASSWORD_CLASS);
    assertThat(session.first().result().getBytes())
        .isEqualTo("\0app\0s3cret".getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void sendsTheAuthorizationIdFirst() {
    AuthSession session =
        plain(credentials("app", "s3cret").put("authorizationId", "bob"))
            .begin(NODE, PASSWORD_CLASS);
    assertThat(session.first().result().toString()).isEqualTo("bob\0app\0s3cret");
  }

  @Test
  void sendsAnyUnicode() {
    AuthSession session = plain(credentials("Ünï", "пароль🔑")).begin(NODE, PASSWORD_CLASS);
    assertThat(session.first().result().getBytes())
        .isEqualTo("\0Ünï\0пароль🔑".getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void agreesOnTheMechanismWithDse() {
    AuthSession session =
        new DsePlainAuthenticatorProvider()
            .create(TckContext.create(credentials("app", "s3cret")))
            .begin(NODE, ServerClasses.DSE);
    assertThat(session.first().result().toString()).isEqualTo("PLAIN");
    assertThat(session.answer(Buffer.buffer("PLAIN-START")).result().toString())
        .isEqualTo("\0app\0s3cret");
    assertThat(failure(session.answer(Buffer.buffer("PLAIN-START"))))
        .isEqualTo(
            "Authentication to 127.0.0.1:9042 failed: the server sent one more challenge after user"
                + " and password");
  }

  @Test
  void givesThePasswordToDseOnlyAfterItsStart() {
    for (Buffer challenge : new Buffer[] {null, Buffer.buffer(), Buffer.buffer("GSSAPI-START")}) {
      AuthSession session =
          new DsePlainAuthenticatorProvider()
              .create(TckContext.create(credentials("app", "s3cret")))
              .begin(NODE, ServerClasses.DSE);
      session.first();
      assertThat(failure(session.answer(challenge)))
          .contains("did not answer the mechanism PLAIN with PLAIN-START");
    }
  }

  @Test
  void sendsTheTokenAtOnceToServersThatDoNotNegotiate() {
    AuthSession session =
        new DsePlainAuthenticatorProvider()
            .create(TckContext.create(credentials("app", "s3cret")))
            .begin(NODE, PASSWORD_CLASS);
    assertThat(session.first().result().toString()).isEqualTo("\0app\0s3cret");
  }

  @Test
  void answersOnlyServersOfTheList() {
    JsonObject config =
        credentials("app", "s3cret").put("serverAuthenticators", "a.B, " + PASSWORD_CLASS);
    assertThat(plain(config).begin(NODE, PASSWORD_CLASS).first().succeeded()).isTrue();
    assertThat(failure(plain(config).begin(NODE, "x.Evil").first()))
        .isEqualTo(
            "Authentication to 127.0.0.1:9042 failed: the server asks through 'x.Evil', which is not"
                + " in 'serverAuthenticators' [a.B, "
                + PASSWORD_CLASS
                + "]; nothing was sent");
  }

  @Test
  void asksForCredentialsAtEachConnectionAndWipesThem() {
    List<char[]> given = new ArrayList<>();
    CredentialsProvider supplier =
        node -> {
          assertThat(node).isEqualTo(NODE);
          char[] password = ("pw" + given.size()).toCharArray();
          given.add(password);
          return Future.succeededFuture(new Credentials("app", password));
        };
    Authenticator authenticator =
        PlainAuthenticatorProvider.of(supplier).create(TckContext.create());
    assertThat(token(authenticator)).isEqualTo("\0app\0pw0");
    assertThat(token(authenticator)).isEqualTo("\0app\0pw1");
    assertThat(given).hasSize(2).allMatch(password -> new String(password).equals("\0\0\0"));
  }

  @Test
  void wipesCredentialsThatComeAfterTheEnd() {
    Promise<Credentials> late = Promise.promise();
    char[] password = "s3cret".toCharArray();
    AuthSession session =
        PlainAuthenticatorProvider.of(node -> late.future())
            .create(TckContext.create())
            .begin(NODE, PASSWORD_CLASS);
    Future<Buffer> first = session.first();
    session.close();
    late.complete(new Credentials("app", password));
    assertThat(failure(first)).endsWith("the exchange was ended");
    assertThat(password).containsOnly('\0');
  }

  @Test
  void tellsWhyThereAreNoCredentials() {
    Authenticator failing =
        PlainAuthenticatorProvider.of(node -> Future.failedFuture("vault sealed"))
            .create(TckContext.create());
    Future<Buffer> first = failing.begin(NODE, PASSWORD_CLASS).first();
    assertThat(failure(first)).endsWith("there are no credentials");
    assertThat(first.cause().getCause()).hasMessage("vault sealed");

    Authenticator throwing =
        PlainAuthenticatorProvider.of(
                node -> {
                  throw new IllegalStateException("no vault");
                })
            .create(TckContext.create());
    assertThat(throwing.begin(NODE, PASSWORD_CLASS).first().cause().getCause())
        .hasMessage("no vault");
  }

  @Test
  void refusesAPartThatCouldBeTakenForAnother() {
    assertThat(causeOf(credentials("app\0root", "s3cret"))).contains("user name holds a NUL");
    assertThat(causeOf(credentials("app", "s3\0cret"))).contains("password holds a NUL");
    assertThat(causeOf(credentials("app", "x").put("authorizationId", "a\0b")))
        .contains("authorization id holds a NUL");
    assertThat(causeOf(credentials("app", "s3\ud800cret")))
        .isEqualTo("The password is not valid Unicode text");
  }

  @Test
  void refusesAConfigurationWithoutPassword() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> plain(new JsonObject().put("username", "app")))
        .withMessage("'password' is missing; expected a text");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> plain(new JsonObject().put("password", "app")))
        .withMessageContaining("'username' is missing");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> plain(credentials("app", "x").put("user", "app")))
        .withMessageContaining("'user'");
  }

  @Test
  void namesTheClassWhenNothingIsConfigured() {
    Authenticator none = new NoAuthenticatorProvider().create(TckContext.create());
    assertThat(failure(none.begin(NODE, PASSWORD_CLASS).first()))
        .isEqualTo(
            "Authentication to 127.0.0.1:9042 failed: the server asks through '"
                + PASSWORD_CLASS
                + "', but no authenticator is configured. Set auth, for example to 'plain' with"
                + " username and password");
  }

  @Test
  void externalSendsTheAuthorizationIdAlone() {
    Authenticator external = new ExternalAuthenticatorProvider().create(TckContext.create());
    assertThat(external.begin(NODE, "x.MutualTlsAuthenticator").first().result().length()).isZero();
    Authenticator proxy =
        new ExternalAuthenticatorProvider()
            .create(TckContext.create(new JsonObject().put("authorizationId", "bob")));
    AuthSession session = proxy.begin(NODE, "x.MutualTlsAuthenticator");
    assertThat(session.first().result().toString()).isEqualTo("bob");
    assertThat(failure(session.answer(Buffer.buffer()))).contains("wants more than");
  }

  @Test
  void showsTheUserOnly() {
    assertThat(new Credentials("app", "s3cret".toCharArray()).toString())
        .isEqualTo("Credentials of app");
  }

  private static String token(Authenticator authenticator) {
    AuthSession session = authenticator.begin(NODE, PASSWORD_CLASS);
    String token = session.first().result().toString();
    session.close();
    return token;
  }

  private static String causeOf(JsonObject config) {
    return plain(config).begin(NODE, PASSWORD_CLASS).first().cause().getCause().getMessage();
  }

  private static String failure(Future<?> future) {
    assertThat(future.cause()).isInstanceOf(AuthenticationFailed.class);
    return future.cause().getMessage();
  }

  private static Authenticator plain(JsonObject config) {
    return new PlainAuthenticatorProvider().create(TckContext.create(config));
  }

  private static JsonObject credentials(String username, String password) {
    return new JsonObject().put("username", username).put("password", password);
  }
}
