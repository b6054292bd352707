package cqloop.netty.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import cqloop.CqlOptions;
import cqloop.CqlSession;
import cqloop.TlsVerification;
import cqloop.error.AuthenticationFailed;
import cqloop.error.TlsFailed;
import cqloop.testkit.CertificateRequest;
import cqloop.testkit.TestCertificates;
import cqloop.testkit.fake.Compression;
import cqloop.testkit.fake.FakeNode;
import cqloop.testkit.fake.FakeNodeOptions;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Fault G5: options, TLS and log-in where the small letter of I is not i, and where numbers are
 * written in other digits. What classes compute once may be older than the locale here; all unit
 * tests run in such a process by the command of docs/reliability.md.
 */
class LocalesTest {

  private static final TestCertificates AUTHORITY = TestCertificates.create();

  private final Locale before = Locale.getDefault();
  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
  private final Fakes fakes = new Fakes();

  @AfterEach
  void stop() {
    Locale.setDefault(before);
    Awaits.get(vertx.close());
    fakes.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"tr-TR", "ar-EG", "th-TH-u-nu-thai", "az-AZ-u-nu-arab"})
  void optionsTlsAndLogin(String locale, @TempDir Path folder) throws Exception {
    Path trusted = Files.writeString(folder.resolve("ca.pem"), AUTHORITY.authorityPem());
    FakeNode node =
        fakes.start(
            new FakeNodeOptions()
                .setCredentials("İNCİ", "ışık")
                .setCompressions(Compression.LZ4)
                .setServerOptions(
                    TlsServers.of(AUTHORITY.issue(CertificateRequest.server("INFO.example")))));
    Locale.setDefault(Locale.forLanguageTag(locale));

    CqlOptions options = environment(node, trusted, "info.example", "ışık");
    assertThat(options.getTls().getVerification()).isEqualTo(TlsVerification.PEER_IDENTITY_DNS);
    CqlSession session = Awaits.get(CqlSession.connect(vertx, options));
    assertThat(Awaits.get(session.execute("SELECT release_version FROM system.local")).size())
        .isEqualTo(1);
    Awaits.get(session.close());

    assertThat(
            Awaits.failure(
                AuthenticationFailed.class,
                CqlSession.connect(vertx, environment(node, trusted, "info.example", "isik"))))
        .hasMessageContaining("Authentication to 127.0.0.1:" + node.port());
    assertThat(
            Awaits.failure(
                TlsFailed.class,
                CqlSession.connect(vertx, environment(node, trusted, "other.example", "ışık"))))
        .hasMessageContaining("TLS with 127.0.0.1:" + node.port());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> options.getPool().setMaxOrphans(70_000))
        .withMessageContaining("not 70000");
  }

  private static CqlOptions environment(FakeNode node, Path trusted, String name, String password) {
    Map<String, String> variables = new HashMap<>();
    variables.put("CQL_CONTACT_POINTS", Fakes.endpoint(node));
    variables.put("CQL_PROTOCOL__COMPRESSION", "LZ4");
    variables.put("CQL_TLS__VERIFICATION", "peer_identity_dns");
    variables.put("CQL_TLS__TRUST__CERTIFICATES_PATH", trusted.toString());
    variables.put("CQL_TLS__SERVER_NAME", name);
    variables.put("CQL_AUTH__NAME", "plain");
    variables.put("CQL_AUTH__CONFIG__USERNAME", "İNCİ");
    variables.put("CQL_AUTH__CONFIG__PASSWORD", password);
    variables.put("CQL_CONNECTION__CONNECT_TIMEOUT", "20000");
    variables.put("CQL_CONNECTION__HANDSHAKE_TIMEOUT", "20000");
    return CqlOptions.fromEnvironment(variables, "CQL_");
  }
}
