package cqloop.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import cqloop.error.AuthenticationFailed;
import cqloop.spi.AuthSession;
import cqloop.spi.PolicyConfig;
import cqloop.testkit.tck.TckContext;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.SocketAddress;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.security.auth.Subject;
import javax.security.auth.kerberos.KerberosPrincipal;
import javax.security.auth.kerberos.KerberosTicket;
import javax.security.auth.login.LoginException;
import org.junit.jupiter.api.Test;

class GssapiConfigTest {

  private static final SocketAddress NODE = SocketAddress.inetSocketAddress(9042, "127.0.0.1");

  @Test
  void usesTheKeytab() {
    assertThat(options(new JsonObject().put("principal", "a@R").put("keytab", "/k")))
        .containsEntry("useKeyTab", "true")
        .containsEntry("keyTab", "/k")
        .containsEntry("principal", "a@R")
        .containsEntry("doNotPrompt", "true")
        .doesNotContainKey("useTicketCache");
  }

  @Test
  void usesTheTicketCacheWithoutAKeytab() {
    assertThat(options(new JsonObject()))
        .containsEntry("useTicketCache", "true")
        .containsEntry("doNotPrompt", "true")
        .doesNotContainKeys("ticketCache", "principal", "useKeyTab");
    assertThat(options(new JsonObject().put("ticketCache", "/c")))
        .containsEntry("ticketCache", "/c");
  }

  @Test
  void usesTheEntryOfTheJvm() {
    KerberosConfig config = read(new JsonObject().put("loginEntry", "DseClient"));
    assertThat(config.entry()).isEqualTo("DseClient");
    assertThat(config.jaas()).isNull();
    assertThat(config.service()).isEqualTo("dse");
  }

  @Test
  void refusesWhatDoesNotFitTogether() {
    refuses(new JsonObject().put("keytab", "/k"), "'principal' is missing");
    refuses(
        new JsonObject().put("loginEntry", "x").put("principal", "a@R"),
        "'loginEntry' is 'x'; expected no principal, keytab or ticketCache besides");
    refuses(
        new JsonObject().put("principal", "a@R").put("keytab", "/k").put("ticketCache", "/c"),
        "'ticketCache' is '/c'; expected either a keytab or a ticket cache");
    refuses(new JsonObject().put("qop", "none"), "'qop' is 'none'; expected auth, auth-int or");
  }

  @Test
  void logsInOnceUntilTheTicketIsAboutToExpire() throws Exception {
    TckContext clock = TckContext.create();
    List<Subject> logins = new ArrayList<>();
    KerberosLogin login =
        new KerberosLogin(
            () -> {
              logins.add(subject(clock.currentTimeMillis() + 3_600_000));
              return logins.get(logins.size() - 1);
            },
            clock::currentTimeMillis);
    Subject first = login.subject();
    assertThat(login.subject()).isSameAs(first);
    clock.advanceMillis(3_600_000 - 60_000);
    assertThat(login.subject()).isSameAs(first);
    clock.advanceMillis(1);
    assertThat(login.subject()).isNotSameAs(first);
    assertThat(logins).hasSize(2);
  }

  @Test
  void logsInAgainAfterAFailureOfTheLoginInUse() throws Exception {
    int[] logins = {0};
    KerberosLogin login =
        new KerberosLogin(
            () -> {
              logins[0]++;
              return new Subject();
            },
            () -> 0);
    Subject first = login.subject();
    login.forget(new Subject());
    assertThat(login.subject()).isSameAs(first);
    login.forget(first);
    assertThat(login.subject()).isNotSameAs(first);
    assertThat(logins[0]).isEqualTo(2);
  }

  @Test
  void failsTheFutureWhenTheLoginFailsAndNeverRunsOnTheLoop() throws Exception {
    Vertx vertx = Vertx.vertx();
    try {
      List<String> threads = new ArrayList<>();
      KerberosLogin login =
          new KerberosLogin(
              () -> {
                threads.add(Thread.currentThread().getName());
                throw new LoginException("KDC unreachable");
              },
              () -> 0);
      GssapiAuthenticator authenticator =
          new GssapiAuthenticator(
              read(new JsonObject()),
              login,
              ServerClasses.read(PolicyConfig.of(TckContext.create(), ServerClasses.KEY)),
              NotAsked.read(PolicyConfig.of(TckContext.create(), NotAsked.KEY)),
              vertx.createSharedWorkerExecutor("test-gssapi", 1));
      CompletableFuture<Throwable> failure = new CompletableFuture<>();
      vertx.runOnContext(
          ignored -> {
            AuthSession session = authenticator.begin(NODE, "com.example.Kerberos");
            session.first().onComplete(done -> failure.complete(done.cause()));
          });
      assertThat(failure.get(30, TimeUnit.SECONDS))
          .isInstanceOf(AuthenticationFailed.class)
          .hasMessage(
              "Authentication to 127.0.0.1:9042 failed: the login or the first step of GSSAPI"
                  + " failed: KDC unreachable")
          .hasCauseInstanceOf(LoginException.class);
      assertThat(threads).hasSize(1).allMatch(name -> name.startsWith("test-gssapi"));
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }
  }

  @Test
  void startsOnlyWhenDseAgrees() throws Exception {
    Vertx vertx = Vertx.vertx();
    try {
      AuthSession session =
          new GssapiAuthenticatorProvider()
              .create(TckContext.create().withVertx(vertx))
              .begin(NODE, ServerClasses.DSE);
      assertThat(session.first().result()).isEqualTo(Buffer.buffer("GSSAPI"));
      for (Buffer challenge : new Buffer[] {null, Buffer.buffer("PLAIN-START")}) {
        Future<Buffer> answer = session.answer(challenge);
        assertThat(answer.cause())
            .hasMessageContaining("did not answer the mechanism GSSAPI with GSSAPI-START");
      }
      assertThat(session.toString()).isEqualTo("GSSAPI exchange with 127.0.0.1:9042");
      session.close();
      assertThat(session.answer(Buffer.buffer("GSSAPI-START")).cause())
          .hasMessageContaining("the exchange was ended");
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }
  }

  private static Map<String, Object> options(JsonObject config) {
    return new HashMap<>(read(config).jaas().getAppConfigurationEntry("any")[0].getOptions());
  }

  private static void refuses(JsonObject config, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read(config))
        .withMessageContaining(message);
  }

  private static KerberosConfig read(JsonObject config) {
    return KerberosConfig.read(
        PolicyConfig.of(TckContext.create(config), config.fieldNames().toArray(new String[0])));
  }

  private static Subject subject(long endMillis) {
    Subject subject = new Subject();
    KerberosPrincipal client = new KerberosPrincipal("alice@TK.TEST");
    subject
        .getPrivateCredentials()
        .add(
            new KerberosTicket(
                new byte[] {1},
                client,
                new KerberosPrincipal("krbtgt/TK.TEST@TK.TEST"),
                new byte[16],
                17,
                new boolean[32],
                new Date(0),
                new Date(0),
                new Date(endMillis),
                null,
                null));
    return subject;
  }
}
