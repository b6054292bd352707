package cqloop.netty.it;

import static org.assertj.core.api.Assertions.assertThat;

import cqloop.BatchStatement;
import cqloop.CqlOptions;
import cqloop.CqlSession;
import cqloop.PolicyOptions;
import cqloop.PreparedStatement;
import cqloop.RowSet;
import cqloop.SimpleStatement;
import cqloop.TlsOptions;
import cqloop.auth.Credentials;
import cqloop.testkit.CassandraCluster;
import cqloop.testkit.CertificateRequest;
import cqloop.testkit.TestCertificates;
import cqloop.testkit.TestIdentity;
import cqloop.testkit.junit.CassandraTest;
import cqloop.testkit.junit.TestKeyspace;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Faults H14: canaries as password, key and values; with every logger open, no line, no error and
 * no text of an object holds one.
 */
@CassandraTest
@Tag("cluster")
class SecretsIT {

  private static final String PASSWORD = "c4nary-password";
  private static final String VALUE = "c4nary-value";

  private static CassandraCluster cluster;
  private static Sessions sessions;
  private static String key;

  private final List<String> texts = new ArrayList<>();

  @BeforeAll
  static void open(CassandraCluster shared, @TestKeyspace String keyspace) {
    cluster = CassandraCluster.builder().line(shared.line()).passwordAuth().queryRecorder().start();
    sessions = new Sessions(cluster, keyspace);
    sessions.set(
        "CREATE KEYSPACE $ks WITH replication = {'class': 'SimpleStrategy',"
            + " 'replication_factor': 1}");
    sessions.set("CREATE TABLE $ks.t (k text PRIMARY KEY, v int)");
    sessions.set("CREATE ROLE app WITH PASSWORD = '" + PASSWORD + "' AND LOGIN = true");
    sessions.set("GRANT ALL ON KEYSPACE $ks TO app");
    sessions.set("GRANT SELECT ON KEYSPACE system_traces TO app");
  }

  @AfterAll
  static void close() {
    sessions.close();
    cluster.close();
  }

  @Test
  void noCanaryIsSeenAnywhere() {
    // Both: other tests may have set a level of its own for the logger of the driver.
    try (CapturedLog log = new CapturedLog("", Level.ALL);
        CapturedLog own = new CapturedLog("cqloop", Level.ALL)) {
      options();
      logins();
      requests();
      texts.add(log.text());
      texts.add(own.text());
      assertThat(own.text()).as("loggers are open").contains("cqloop");
    }
    assertThat(texts).hasSizeGreaterThan(17);
    for (String text : texts) {
      assertThat(text)
          .doesNotContain(PASSWORD)
          .doesNotContain(VALUE)
          .doesNotContain(key)
          // As bytes in hexadecimal, or as Base64, it would be the same secret.
          .doesNotContainIgnoringCase("63346e617279")
          .doesNotContain("YzRuYXJ5");
    }
  }

  private void options() {
    TestIdentity identity =
        TestCertificates.create().issue(CertificateRequest.client("canary holder"));
    key = identity.keyPem().split("\n")[1];
    TlsOptions tls = new TlsOptions();
    tls.getKey()
        .setCertificateChain(identity.chainPem())
        .setPrivateKey(identity.keyPem())
        .setPrivateKeyPassword(PASSWORD)
        .setKeyStore(Buffer.buffer(PASSWORD))
        .setKeyStorePassword(PASSWORD);
    tls.getTrust().setTrustStorePassword(PASSWORD);
    CqlOptions options = login(PASSWORD).setTls(tls);
    options.setCloudBundleContent(Buffer.buffer(PASSWORD));
    texts.add(options.toString());
    texts.add(tls.toString());
    texts.add(tls.getKey().toString());
    texts.add(tls.getTrust().toString());
    texts.add(String.valueOf(options.getAuth()));
    texts.add(new Credentials("app", PASSWORD.toCharArray()).toString());
    // Each of these is refused, for a reason that has the canary nearby.
    failed(CqlSession.connect(sessions.vertx(), options));
    failed(CqlSession.connect(sessions.vertx(), login(PASSWORD).setTls(tls)));
    JsonObject misplaced = new JsonObject().put("username", "app").put("passwort", PASSWORD);
    failed(
        CqlSession.connect(
            sessions.vertx(),
            sessions.options().setAuth(new PolicyOptions("plain").setConfig(misplaced))));
  }

  private void logins() {
    failed(CqlSession.connect(sessions.vertx(), login(PASSWORD + "-wrong")));
    failed(CqlSession.connect(sessions.vertx(), login(PASSWORD + "\0x")));
    failed(CqlSession.connect(sessions.vertx(), login(PASSWORD + "\uD800")));
  }

  private void requests() {
    CqlOptions options = login(PASSWORD);
    options.getRequest().setTraceMaxWait(Duration.ofSeconds(10));
    CqlSession session = sessions.connect(options);
    texts.add(session.toString());
    PreparedStatement insert =
        Awaits.get(session.prepare("INSERT INTO t (k, v) VALUES (?, ?) /* canary */"));
    texts.add(insert.bind(VALUE, 1).toString());
    Awaits.get(session.execute(insert.bind(VALUE, 1)));
    for (String error :
        new String[] {
          "write_timeout=SIMPLE,0,1", "unavailable=2,1", "server", "invalid", "syntax"
        }) {
      sessions.node().inject(error, 1, "canary");
      failed(session.execute(insert.bind(VALUE, 1)));
    }
    sessions.node().inject("delay=500", 1, "canary");
    failed(session.execute(insert.bind(VALUE, 1).withTimeout(Duration.ofMillis(50))));
    // Values that do not fit, or fit no statement.
    thrown(() -> insert.bind(1, VALUE));
    thrown(() -> insert.bind(VALUE, VALUE, VALUE));
    failed(
        session.execute(SimpleStatement.of("SELECT * FROM t WHERE k = ? AND v = ?", VALUE, VALUE)));
    failed(session.execute(SimpleStatement.of("SELECT * FROM none WHERE k = ?", VALUE)));
    SimpleStatement simple = SimpleStatement.of("INSERT INTO t (k, v) VALUES (?, 'x')", VALUE);
    texts.add(simple.toString());
    BatchStatement batch = BatchStatement.logged(simple, insert.bind(VALUE, 2));
    texts.add(batch.toString());
    failed(session.execute(batch));
    texts.add(String.valueOf(Awaits.get(session.execute("SELECT v FROM t")).first()));
    RowSet traced = Awaits.get(session.execute(insert.bind(VALUE, 3).withTracing(true)));
    UUID id = Objects.requireNonNull(traced.executionInfo().tracingId());
    texts.add(Awaits.get(session.queryTrace(id)).toString());
    texts.add(session.metrics().toString());
    Awaits.get(session.close());
  }

  private void failed(Future<?> future) {
    note(Awaits.failure(future));
  }

  private void thrown(Runnable code) {
    try {
      code.run();
    } catch (RuntimeException expected) {
      note(expected);
      return;
    }
    throw new AssertionError("nothing was thrown");
  }

  private void note(Throwable failure) {
    StringWriter text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text, true));
    texts.add(text.toString());
  }

  private static CqlOptions login(String password) {
    return sessions
        .options()
        .setAuth(
            new PolicyOptions("plain")
                .setConfig(new JsonObject().put("username", "app").put("password", password)));
  }
}
