package cqloop.netty.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import cqloop.TlsEngine;
import cqloop.TlsKeyOptions;
import cqloop.TlsOptions;
import cqloop.TlsTrustOptions;
import cqloop.error.TlsFailed;
import cqloop.testkit.CertificateRequest;
import cqloop.testkit.KeyFormat;
import cqloop.testkit.TestCertificates;
import cqloop.testkit.TestIdentity;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.net.ssl.X509KeyManager;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys and certificates in every form that files have; and damaged ones, which are named. */
class MaterialTest {

  private static final Vertx VERTX = Vertx.vertx();
  private static final TestCertificates AUTHORITY = TestCertificates.create();
  private static final TestIdentity EC = AUTHORITY.issue(CertificateRequest.client("app"));
  private static final TestIdentity RSA =
      AUTHORITY.issue(CertificateRequest.client("app").withRsaKey());

  @AfterAll
  static void stop() {
    VERTX.close();
  }

  @ParameterizedTest
  @EnumSource
  void everyFormatOfKeysIsRead(KeyFormat format, @TempDir Path folder) throws Exception {
    for (TestIdentity identity : new TestIdentity[] {EC, RSA}) {
      String pem = "a comment\n" + identity.keyPem(format, "sesame") + "another";
      TlsKeyOptions text =
          new TlsKeyOptions()
              .setCertificateChain(identity.chainPem())
              .setPrivateKey(pem)
              .setPrivateKeyPassword("sesame");
      assertHolds(text, identity);
      Path key = Files.writeString(folder.resolve("key.pem"), pem);
      Path chain = Files.writeString(folder.resolve("chain.pem"), identity.chainPem());
      assertHolds(
          new TlsKeyOptions()
              .setCertificateChainPath(chain.toString())
              .setPrivateKeyPath(key.toString())
              .setPrivateKeyPassword("sesame"),
          identity);
    }
  }

  @ParameterizedTest
  @EnumSource(
      names = {"PKCS8", "TRADITIONAL"},
      mode = EnumSource.Mode.EXCLUDE)
  void aWrongPasswordIsNamedAndNotShown(KeyFormat format) {
    TlsKeyOptions options =
        new TlsKeyOptions()
            .setCertificateChain(EC.chainPem())
            .setPrivateKey(EC.keyPem(format, "sesame"))
            .setPrivateKeyPassword("swordfish");
    fails(
        TlsFailed.Kind.INVALID_PRIVATE_KEY,
        () -> KeyMaterial.load(options, VERTX),
        "privateKeyPassword");
    options.setPrivateKeyPassword(null);
    fails(
        TlsFailed.Kind.INVALID_PRIVATE_KEY,
        () -> KeyMaterial.load(options, VERTX),
        "encrypted",
        "set privateKeyPassword");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PKCS12", "JKS"})
  void keyAndTrustStoresAreRead(String type, @TempDir Path folder) throws Exception {
    Path store = EC.writeKeyStore(folder.resolve("key"), type, "sesame");
    Path trust = AUTHORITY.writeTrustStore(folder.resolve("trust"), type, "sesame");
    TlsKeyOptions path =
        new TlsKeyOptions().setKeyStorePath(store.toString()).setKeyStorePassword("sesame");
    assertHolds(path, EC);
    assertHolds(
        new TlsKeyOptions()
            .setKeyStore(Buffer.buffer(Files.readAllBytes(store)))
            .setKeyStorePassword("sesame")
            .setKeyStoreAlias("identity"),
        EC);
    TlsTrustOptions trusted =
        new TlsTrustOptions().setTrustStorePath(trust.toString()).setTrustStorePassword("sesame");
    assertThat(TrustMaterial.load(trusted, VERTX).getAcceptedIssuers())
        .containsExactly(AUTHORITY.authority());
    fails(
        TlsFailed.Kind.INVALID_PRIVATE_KEY,
        () -> KeyMaterial.load(path.setKeyStorePassword("swordfish"), VERTX),
        "keyStorePassword");
    fails(
        TlsFailed.Kind.INVALID_CERTIFICATE,
        () -> TrustMaterial.load(trusted.setTrustStorePassword("swordfish"), VERTX),
        "trustStorePassword");
    fails(
        TlsFailed.Kind.INVALID_PRIVATE_KEY,
        () -> KeyMaterial.load(path.setKeyStorePassword("sesame").setKeyStoreAlias("me"), VERTX),
        "'me'",
        "[identity]");
  }

  @Test
  void optionsOfVertxAreTaken() throws Exception {
    PemKeyCertOptions key =
        new PemKeyCertOptions()
            .addCertValue(Buffer.buffer(EC.chainPem()))
            .addKeyValue(Buffer.buffer(EC.keyPem()));
    X509KeyManager manager =
        (X509KeyManager)
            KeyMaterial.load(new TlsKeyOptions().setKeyCertOptions(key), VERTX).getKeyManagers()[0];
    assertThat(manager.getClientAliases("EC", null)).isNotEmpty();
    PemTrustOptions trust =
        new PemTrustOptions().addCertValue(Buffer.buffer(AUTHORITY.authorityPem()));
    assertThat(
            TrustMaterial.load(new TlsTrustOptions().setTrustOptions(trust), VERTX)
                .getAcceptedIssuers())
        .containsExactly(AUTHORITY.authority());
    fails(
        TlsFailed.Kind.INVALID_PRIVATE_KEY,
        () ->
            KeyMaterial.load(
                new TlsKeyOptions()
                    .setKeyCertOptions(new PemKeyCertOptions().setKeyPath("/no/such")),
                VERTX),
        "keyCertOptions");
  }

  @Test
  void trustAddsUpAndIsThatOfTheJdkWithoutAny() {
    int system = TrustMaterial.load(new TlsTrustOptions(), VERTX).getAcceptedIssuers().length;
    TlsTrustOptions two =
        new TlsTrustOptions()
            .setCertificates(
                AUTHORITY.authorityPem() + TestCertificates.create("other").authorityPem());

    assertThat(TrustMaterial.load(two, VERTX).getAcceptedIssuers()).hasSize(2);
    assertThat(TrustMaterial.load(two.setSystem(true), VERTX).getAcceptedIssuers())
        .hasSize(system + 2);
  }

  static Stream<Arguments> damaged() {
    String chain = EC.chainPem();
    String key = EC.keyPem();
    return Stream.of(
        bad("no PEM", k -> k.setPrivateKey("secret words"), "privateKey: there is no PEM in it"),
        bad("a certificate", k -> k.setPrivateKey(chain), "there is no PRIVATE KEY in it, only"),
        bad("cut", k -> k.setPrivateKey(key.substring(0, 90)), "-----END PRIVATE KEY-----"),
        bad("no end of line", k -> k.setPrivateKey("-----BEGIN PRIVATE"), "five dashes"),
        bad("no Base64", k -> k.setPrivateKey(key.replaceFirst("\nM", "\n!")), "is not Base64"),
        bad("no key inside", k -> k.setPrivateKey(key.replaceFirst("\nM", "\nA")), "damaged"),
        bad("another key", k -> k.setPrivateKey(RSA.keyPem()), "is not that of the first"),
        bad(
            "the authority first",
            k -> k.setCertificateChain(AUTHORITY.authorityPem() + chain),
            "must begin with our own certificate"),
        bad(
            "a key as chain",
            k -> k.setCertificateChain(key),
            "there is no CERTIFICATE in it, only [PRIVATE KEY]"),
        bad(
            "a damaged certificate",
            k -> k.setCertificateChain(chain.replaceFirst("\nMI", "\nAA")),
            "certificateChain: certificate 1 is damaged"),
        bad(
            "no such file",
            k -> k.setPrivateKey(null).setPrivateKeyPath("/no/such.pem"),
            "privateKeyPath '/no/such.pem': there is no such file"),
        bad(
            "a folder",
            k -> k.setPrivateKey(null).setPrivateKeyPath("/"),
            "privateKeyPath '/' cannot be read"),
        bad(
            "an endless file",
            k -> k.setPrivateKey(null).setPrivateKeyPath("/dev/zero"),
            "longer than"));
  }

  private static Arguments bad(String name, Consumer<TlsKeyOptions> change, String... problem) {
    return Arguments.of(name, change, problem);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void damaged(String name, Consumer<TlsKeyOptions> change, String[] problem) {
    TlsKeyOptions options =
        new TlsKeyOptions().setCertificateChain(EC.chainPem()).setPrivateKey(EC.keyPem());
    change.accept(options);

    assertThatExceptionOfType(TlsFailed.class)
        .isThrownBy(() -> KeyMaterial.load(options, VERTX))
        .satisfies(
            e -> {
              assertThat(e.getMessage()).contains(problem).doesNotContain("secret words");
              assertThat(e.retryable()).isFalse();
            });
  }

  @Test
  void damagedTrustIsNamed() {
    failsToTrust("there is no PEM in it", t -> t.setCertificates("x"));
    failsToTrust("there is no such file", t -> t.setCertificatesPath("/no/such"));
    failsToTrust(
        "no PKCS#12 or JKS store",
        t -> t.setTrustStore(Buffer.buffer("x")).setTrustStorePassword("p"));
    failsToTrust("there is no PEM in it", t -> t.setRevocationList("x"));
    failsToTrust("expected X509 CRL", t -> t.setRevocationList(AUTHORITY.authorityPem()));
  }

  @Test
  void engineAndSuitesThatAreNotThereAreNamed() {
    fails(
        TlsFailed.Kind.NOT_SUPPORTED,
        () -> TlsContext.load(new TlsOptions().addCipherSuite("TLS_NO_SUCH_SUITE"), VERTX),
        "TLS_NO_SUCH_SUITE",
        "cipherSuites");
    TlsOptions auto = new TlsOptions().setEngine(TlsEngine.AUTO);
    assertThat(TlsContext.load(auto, VERTX).hasKey()).isFalse();
  }

  private static void failsToTrust(String problem, Consumer<TlsTrustOptions> change) {
    TlsTrustOptions options = new TlsTrustOptions();
    change.accept(options);
    fails(TlsFailed.Kind.INVALID_CERTIFICATE, () -> TrustMaterial.load(options, VERTX), problem);
  }

  private static void fails(TlsFailed.Kind kind, Runnable load, String... words) {
    assertThatExceptionOfType(TlsFailed.class)
        .isThrownBy(load::run)
        .satisfies(
            e -> {
              assertThat(e.kind()).isEqualTo(kind);
              assertThat(e.getMessage()).contains(words);
              assertThat(e).hasMessageNotContainingAny("swordfish", "sesame");
            });
  }

  private static void assertHolds(TlsKeyOptions options, TestIdentity identity) {
    X509KeyManager manager = (X509KeyManager) KeyMaterial.load(options, VERTX).getKeyManagers()[0];
    String type = identity.privateKey().getAlgorithm();
    String alias = manager.getClientAliases(type, null)[0];
    // That it is the key of the certificate was checked when it was read.
    assertThat(manager.getPrivateKey(alias).getAlgorithm()).isEqualTo(type);
    assertThat(manager.getCertificateChain(alias)).containsExactlyElementsOf(identity.chain());
  }
}
