package cqloop.netty.conn;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import cqloop.ProtocolVersion;
import cqloop.error.AuthenticationFailed;
import cqloop.error.ConnectionFailed;
import cqloop.error.CqlException;
import cqloop.error.HandshakeTimeout;
import cqloop.error.KeyspaceFailed;
import cqloop.error.Overloaded;
import cqloop.error.UnexpectedResponse;
import cqloop.netty.sim.LinkFaults;
import cqloop.netty.sim.Outcome;
import cqloop.netty.sim.SimNetwork;
import cqloop.netty.sim.SimRequest;
import cqloop.netty.sim.SimWorld;
import cqloop.spi.AuthSession;
import cqloop.testkit.fake.Errors;
import cqloop.testkit.fake.Opcode;
import cqloop.testkit.fake.Replies;
import cqloop.testkit.fake.Reply;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class HandshakeTest {

  private static final Reply LOGIN = Replies.authenticate("PasswordAuthenticator");

  private final OneServer one = new OneServer();
  private Outcome<Connection> outcome;

  @AfterEach
  void nothingIsLeft() {
    if (outcome.failure() == null) {
      close();
    }
    one.world.advance(SimWorld.seconds(60));
    assertThat(one.deadlines.isEmpty()).isTrue();
    assertThat(one.network.allocator().held()).isZero();
    assertThat(one.world.planned()).isZero();
    one.network.links().forEach(link -> assertThat(link.isClientOpen()).isFalse());
  }

  @ParameterizedTest
  @EnumSource(names = {"V3", "V4", "V5"})
  void opensAConnection(ProtocolVersion version) {
    one.settings.keyspace = "Shop \"1\"";
    connect(version);
    Connection connection = outcome.value();
    assertThat(connection.isOpen()).isTrue();
    assertThat(connection.features().version()).isEqualTo(version);
    assertThat(one.requests)
        .extracting(SimRequest::opcode)
        .containsExactly(Opcode.OPTIONS, Opcode.STARTUP, Opcode.QUERY);
    assertThat(one.requests.get(1).options())
        .containsEntry("CQL_VERSION", "3.0.0")
        .containsEntry("DRIVER_NAME", "cqloop")
        .doesNotContainKey("COMPRESSION");
    assertThat(one.requests.get(2).text()).isEqualTo("USE \"Shop \"\"1\"\"\"");
    OneServer.Answer answer = one.send(connection, "SELECT");
    one.soon();
    assertThat(answer.opcode).isEqualTo(Opcode.RESULT.code());
    assertThat(connection.inFlight()).isZero();
  }

  @ParameterizedTest
  @EnumSource(names = {"V3", "V4", "V5"})
  void opensAConnectionWithCompression(ProtocolVersion version) {
    one.settings.compression = "lz4";
    connect(version);
    assertThat(one.requests.get(1).options()).containsEntry("COMPRESSION", "lz4");
    OneServer.Answer answer = one.send(outcome.value(), "SELECT " + "x".repeat(2000));
    one.soon();
    assertThat(answer.opcode).isEqualTo(Opcode.RESULT.code());
  }

  @Test
  void failsWhenTheNodeLacksTheCompression() {
    one.settings.compression = "lz4";
    one.then(Replies.supported(Map.of("COMPRESSION", List.of("snappy"))));
    connect(ProtocolVersion.V4);
    assertThat(failure(ConnectionFailed.class))
        .hasMessageContaining("lz4")
        .hasMessageContaining("[snappy]");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void anErrorAtAnyStepFails(int step) {
    usual(step);
    one.then(Errors.error(Errors.OVERLOADED, "too many connections"));
    connect(ProtocolVersion.V5);
    CqlException failure = failure(CqlException.class);
    assertThat(failure).isInstanceOf(step == 2 ? KeyspaceFailed.class : Overloaded.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void silenceAtAnyStepFailsInTime(int step) {
    one.settings.handshakeNanos = SimWorld.seconds(3);
    usual(step);
    one.thenSilence();
    connect(ProtocolVersion.V5);
    one.world.advance(SimWorld.seconds(4));
    assertThat(failure(HandshakeTimeout.class))
        .hasMessageContaining(List.of("OPTIONS", "STARTUP", "USE").get(step));
    assertThat(outcome.elapsedNanos()).isBetween(SimWorld.seconds(3), SimWorld.millis(3010));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void aWrongAnswerAtAnyStepFails(int step) {
    List<Reply> wrong =
        List.of(
            Replies.voidResult(),
            Replies.authSuccess(null),
            Replies.authChallenge(new byte[1]),
            Replies.prepared().id((byte) 1),
            step == 1 ? Replies.supported(Map.of()) : Replies.ready());
    for (Reply answer : wrong) {
      usual(step);
      one.then(answer);
      connect(ProtocolVersion.V4);
      failure(UnexpectedResponse.class);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void aDamagedAnswerAtAnyStepFails(int step) {
    usual(step);
    one.then(Replies.raw(Opcode.SUPPORTED, (byte) 0xFF, (byte) 0xFF));
    connect(ProtocolVersion.V4);
    failure(CqlException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void anEventAtAnyStepFails(int step) {
    usual(step);
    one.thenDo(
        (connection, request) ->
            connection.send(Replies.schemaEvent("CREATED", "KEYSPACE", "ks"), -1));
    connect(ProtocolVersion.V4);
    failure(UnexpectedResponse.class);
  }

  @Test
  void aConnectionCutAtAnyByteFails() {
    one.settings.keyspace = "shop";
    int opened = 0;
    for (int bytes = 0; bytes < 250; bytes++) {
      LinkFaults cut = LinkFaults.NONE.splitting().cutting(bytes, bytes % 2 == 0);
      weather(SimNetwork.Outcome.ACCEPT, LinkFaults.NONE, cut);
      connect(ProtocolVersion.V5);
      if (outcome.failure() == null) {
        opened++;
        close();
      } else {
        failure(ConnectionFailed.class);
      }
    }
    assertThat(opened).as("cuts behind the handshake").isBetween(1, 150);
  }

  @Test
  void bytesMayArriveInAnyPieces() {
    one.settings.keyspace = "shop";
    weather(SimNetwork.Outcome.ACCEPT, LinkFaults.NONE.splitting(), LinkFaults.NONE.splitting());
    for (int round = 0; round < 50; round++) {
      connect(ProtocolVersion.V5);
      assertThat(outcome.value().isOpen()).isTrue();
      close();
    }
  }

  @Test
  void refusalAndSilenceOfTheNetworkFail() {
    weather(SimNetwork.Outcome.REFUSE, LinkFaults.NONE, LinkFaults.NONE);
    connect(ProtocolVersion.V5);
    failure(ConnectionFailed.class);
    weather(SimNetwork.Outcome.SILENCE, LinkFaults.NONE, LinkFaults.NONE);
    connect(ProtocolVersion.V5);
    one.world.advance(SimWorld.seconds(3));
    failure(ConnectionFailed.class);
  }

  @Test
  void logsIn() {
    one.settings.authenticator = (node, server) -> new Login(server);
    one.thenUsual().then(LOGIN).then(Replies.authChallenge(new byte[] {1}));
    one.then(Replies.authSuccess(null));
    connect(ProtocolVersion.V5);
    assertThat(outcome.value().isOpen()).isTrue();
    assertThat(one.requests.get(2).token())
        .isEqualTo("first PasswordAuthenticator".getBytes(UTF_8));
    assertThat(one.requests.get(3).token()).isEqualTo("next".getBytes(UTF_8));
  }

  @Test
  void failsWhenTheNodeAsksForALoginThatIsNotConfigured() {
    one.thenUsual().then(LOGIN);
    connect(ProtocolVersion.V4);
    assertThat(failure(AuthenticationFailed.class)).hasMessageContaining("auth");
  }

  @Test
  void failsWithWrongCredentials() {
    one.settings.authenticator = (node, server) -> new Login(server);
    one.thenUsual().then(LOGIN).then(Errors.error(Errors.BAD_CREDENTIALS, "wrong password"));
    connect(ProtocolVersion.V5);
    assertThat(failure(AuthenticationFailed.class)).hasMessageContaining("wrong password");
  }

  @Test
  void endlessChallengesEnd() {
    one.settings.authenticator = (node, server) -> new Login(server);
    one.thenUsual().then(LOGIN);
    for (int i = 0; i < 1000; i++) {
      one.then(Replies.authChallenge(new byte[] {1}));
    }
    connect(ProtocolVersion.V4);
    assertThat(failure(AuthenticationFailed.class)).hasMessageContaining("challenges");
    assertThat(one.requests.size()).isLessThan(30);
  }

  @Test
  void aLoginThatIsConfirmedAgainAndAgainEnds() {
    one.settings.keyspace = "shop";
    one.settings.authenticator = (node, server) -> new Login(server);
    one.thenUsual().then(LOGIN);
    for (int i = 0; i < 1000; i++) {
      one.then(Replies.authSuccess(null));
    }
    connect(ProtocolVersion.V4);
    failure(UnexpectedResponse.class);
    assertThat(one.requests.size()).isLessThan(10);
  }

  @Test
  void anAuthenticatorThatThrowsFails() {
    one.settings.authenticator =
        (node, server) -> {
          throw new IllegalStateException("no ticket");
        };
    one.thenUsual().then(LOGIN);
    connect(ProtocolVersion.V5);
    assertThat(failure(AuthenticationFailed.class)).hasMessageContaining("no ticket");
  }

  @Test
  void anAuthenticatorThatFailsFails() {
    one.settings.authenticator =
        (node, server) ->
            new Login(server) {
              @Override
              public Future<Buffer> first() {
                return Future.failedFuture("no ticket");
              }
            };
    one.thenUsual().then(LOGIN);
    connect(ProtocolVersion.V5);
    assertThat(failure(AuthenticationFailed.class)).hasMessageContaining("no ticket");
  }

  @Test
  void anAuthenticatorThatNeverAnswersFailsInTime() {
    Promise<Buffer> never = Promise.promise();
    one.settings.authenticator =
        (node, server) ->
            new Login(server) {
              @Override
              public Future<Buffer> first() {
                return never.future();
              }
            };
    one.thenUsual().then(LOGIN);
    connect(ProtocolVersion.V5);
    one.world.advance(SimWorld.seconds(6));
    failure(HandshakeTimeout.class);
    never.complete(Buffer.buffer("late"));
    one.soon();
    assertThat(outcome.completions()).isEqualTo(1);
  }

  /** The next steps go well; the third is USE. */
  private void usual(int steps) {
    one.settings.keyspace = "shop";
    for (int i = 0; i < steps; i++) {
      one.thenUsual();
    }
  }

  private void weather(SimNetwork.Outcome result, LinkFaults toServer, LinkFaults toClient) {
    one.network.setWeather(() -> new SimNetwork.Weather(result, 1000, toServer, toClient));
  }

  private void connect(ProtocolVersion version) {
    outcome = one.connect(version);
    one.world.advance(SimWorld.millis(200));
  }

  private void close() {
    Connection connection = outcome.value();
    one.loop.run(() -> connection.close("end of the test"));
  }

  private <E extends CqlException> E failure(Class<E> expected) {
    assertThat(outcome.completions()).isEqualTo(1);
    assertThat(outcome.failure()).isInstanceOf(expected);
    one.network.links().forEach(link -> assertThat(link.isClientOpen()).isFalse());
    one.script.clear();
    return expected.cast(outcome.failure());
  }

  private static class Login implements AuthSession {
    private final String server;

    Login(String server) {
      this.server = server;
    }

    @Override
    public Future<Buffer> first() {
      return Future.succeededFuture(Buffer.buffer("first " + server));
    }

    @Override
    public Future<Buffer> answer(@Nullable Buffer challenge) {
      return Future.succeededFuture(Buffer.buffer("next"));
    }
  }
}
