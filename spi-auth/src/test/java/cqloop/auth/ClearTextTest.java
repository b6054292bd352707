package cqloop.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import cqloop.error.AuthenticationFailed;
import cqloop.spi.Authenticator;
import cqloop.testkit.tck.TckContext;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Fault H3: whether a password is sent where anybody could read it. */
class ClearTextTest {

  private static final String SERVER = "org.apache.cassandra.auth.PasswordAuthenticator";
  private static final String OTHER_MACHINE = "10.0.0.1";

  @ParameterizedTest
  @ValueSource(strings = {"10.0.0.1", "db.example", "127.0.0.1.example", "::2", "1127.0.0.1"})
  void isNotSentToAnotherMachine(String host) {
    Future<Buffer> token = token(plain(TckContext.create(credentials())), host);
    assertThat(token.cause())
        .isInstanceOf(AuthenticationFailed.class)
        .hasMessageContaining(host + ":9042")
        .hasMessageContaining("nothing was sent. Set the tls option")
        .hasMessageContaining("'whenNotEncrypted'")
        .hasMessageNotContaining("s3cret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "127.20.0.9", "localhost", "::1", "0:0:0:0:0:0:0:1"})
  void isSentToThisMachine(String host) {
    assertThat(token(plain(TckContext.create(credentials())), host).succeeded()).isTrue();
  }

  @Test
  void isSentOverADomainSocket() {
    assertThat(ClearText.isThisMachine(SocketAddress.domainSocketAddress("/run/db.sock"))).isTrue();
  }

  @Test
  void isSentWithEncryption() {
    Authenticator authenticator = plain(TckContext.create(credentials()).withEncryption());
    assertThat(token(authenticator, OTHER_MACHINE).succeeded()).isTrue();
  }

  @Test
  void isSentToWhomeverTheUserTrustsAndToldOfOnce() {
    List<String> told = new ArrayList<>();
    Logger logger = Logger.getLogger(ClearText.class.getName());
    Handler handler = new Kept(told);
    logger.addHandler(handler);
    try {
      Authenticator quiet = allowing("ignore");
      assertThat(token(quiet, OTHER_MACHINE).succeeded()).isTrue();
      assertThat(told).isEmpty();
      Authenticator warned = allowing("warn");
      assertThat(token(warned, "127.0.0.1").succeeded()).isTrue();
      assertThat(told).isEmpty();
      assertThat(token(warned, OTHER_MACHINE).succeeded()).isTrue();
      assertThat(token(warned, "10.0.0.2").succeeded()).isTrue();
      assertThat(told).singleElement().asString().contains("clear text", OTHER_MACHINE);
    } finally {
      logger.removeHandler(handler);
    }
  }

  @Test
  void takesNoOtherWord() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> allowing("maybe"))
        .withMessageContaining("warn, refuse or ignore");
  }

  private static Authenticator allowing(String deed) {
    return plain(TckContext.create(credentials().put("whenNotEncrypted", deed)));
  }

  private static Authenticator plain(TckContext context) {
    return new PlainAuthenticatorProvider().create(context);
  }

  private static Future<Buffer> token(Authenticator authenticator, String host) {
    return authenticator.begin(SocketAddress.inetSocketAddress(9042, host), SERVER).first();
  }

  private static JsonObject credentials() {
    return new JsonObject().put("username", "app").put("password", "s3cret");
  }

  /** Owned by one test. Keeps what is logged. */
  private static final class Kept extends Handler {
    private final List<String> lines;

    Kept(List<String> lines) {
      this.lines = lines;
    }

    @Override
    public void publish(LogRecord record) {
      lines.add(record.getMessage());
    }

    @Override
    public void flush() {
      // Lines are kept, not written.
    }

    @Override
    public void close() {
      // Nothing is open.
    }
  }
}
