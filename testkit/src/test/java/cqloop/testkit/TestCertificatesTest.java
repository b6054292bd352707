package cqloop.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.PfxOptions;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLHandshakeException;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8DecryptorProviderBuilder;
import org.bouncycastle.openssl.jcajce.JcePEMDecryptorProviderBuilder;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TestCertificatesTest {
  private final TestCertificates authority = TestCertificates.create();
  private Vertx vertx;
  private NetClient client;

  @BeforeEach
  void start() {
    vertx = Vertx.vertx();
  }

  @AfterEach
  void stop() throws Exception {
    get(vertx.close());
  }

  private static <T> T get(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  private static PemKeyCertOptions pem(TestIdentity identity) {
    return new PemKeyCertOptions()
        .setKeyValue(Buffer.buffer(identity.keyPem()))
        .setCertValue(Buffer.buffer(identity.chainPem()));
  }

  private PemTrustOptions trust() {
    return new PemTrustOptions().addCertValue(Buffer.buffer(authority.authorityPem()));
  }

  private NetServer server(NetServerOptions options) throws Exception {
    NetServer server =
        vertx.createNetServer(options.setSsl(true)).connectHandler(socket -> socket.write("hello"));
    return get(server.listen(0, "127.0.0.1"));
  }

  private void connect(NetServer server, NetClientOptions options) throws Exception {
    options.setSsl(true).setHostnameVerificationAlgorithm("HTTPS");
    // Held in a field: a client that nothing refers to closes its sockets.
    client = vertx.createNetClient(options);
    get(
        client
            .connect(server.actualPort(), "127.0.0.1")
            .compose(
                socket -> {
                  // TLS 1.3 tells a refused client certificate only after the handshake.
                  Promise<Void> greeted = Promise.promise();
                  socket.handler(data -> greeted.tryComplete());
                  socket.exceptionHandler(greeted::tryFail);
                  socket.closeHandler(v -> greeted.tryFail("closed"));
                  return greeted.future();
                }));
  }

  private void connect(TestIdentity identity) throws Exception {
    NetServer server = server(new NetServerOptions().setKeyCertOptions(pem(identity)));
    connect(server, new NetClientOptions().setTrustOptions(trust()));
  }

  @Test
  void aGoodCertificateIsAccepted() throws Exception {
    connect(authority.issue(CertificateRequest.server("127.0.0.1", "localhost")));
    connect(authority.issue(CertificateRequest.server("127.0.0.1").withRsaKey()));
  }

  @Test
  void badCertificatesAreRefused() {
    CertificateRequest good = CertificateRequest.server("127.0.0.1");
    assertRefused(authority.issue(good.expired()), "validity check failed");
    assertRefused(authority.issue(good.notYetValid()), "validity check failed");
    assertRefused(
        authority.issue(CertificateRequest.server("127.0.0.9", "node.example")),
        "No subject alternative names matching IP address 127.0.0.1");
    assertRefused(TestCertificates.selfSigned(good), "unable to find valid certification path");
    assertRefused(TestCertificates.create().issue(good), "path");
  }

  private void assertRefused(TestIdentity identity, String reason) {
    assertThatThrownBy(() -> connect(identity))
        .hasRootCauseInstanceOf(Exception.class)
        .hasStackTraceContaining(SSLHandshakeException.class.getName())
        .hasStackTraceContaining(reason);
  }

  @Test
  void clientCertificatesAreCheckedByTheServer() throws Exception {
    TestIdentity identity = authority.issue(CertificateRequest.server("127.0.0.1"));
    NetServer server =
        server(
            new NetServerOptions()
                .setKeyCertOptions(pem(identity))
                .setClientAuth(ClientAuth.REQUIRED)
                .setTrustOptions(trust()));
    TestIdentity app = authority.issue(CertificateRequest.client("app"));
    connect(server, new NetClientOptions().setTrustOptions(trust()).setKeyCertOptions(pem(app)));
    assertThatThrownBy(() -> connect(server, new NetClientOptions().setTrustOptions(trust())))
        .hasStackTraceContaining("certificate");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PKCS12", "JKS"})
  void keyStoresHoldTheIdentity(String type, @TempDir Path folder) throws Exception {
    TestIdentity identity = authority.issue(CertificateRequest.server("127.0.0.1"));
    Path file = identity.writeKeyStore(folder.resolve("identity"), type, "secret");
    Path trust = authority.writeTrustStore(folder.resolve("trust"), type, "secret");
    KeyStore store = load(file, type);
    assertThat(store.getKey("identity", "secret".toCharArray())).isEqualTo(identity.privateKey());
    assertThat(store.getCertificateChain("identity"))
        .containsExactly(identity.certificate(), authority.authority());
    assertThat(load(trust, type).getCertificate("authority")).isEqualTo(authority.authority());
  }

  private static KeyStore load(Path file, String type) throws Exception {
    KeyStore store = KeyStore.getInstance(type);
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, "secret".toCharArray());
    }
    return store;
  }

  @Test
  void pkcs12AndPemFilesServeTls(@TempDir Path folder) throws Exception {
    TestIdentity identity = authority.issue(CertificateRequest.server("127.0.0.1"));
    Path store = identity.writeKeyStore(folder.resolve("id.p12"), "PKCS12", "secret");
    PfxOptions pfx = new PfxOptions().setPath(store.toString()).setPassword("secret");
    NetServer server = server(new NetServerOptions().setKeyCertOptions(pfx));
    connect(server, new NetClientOptions().setTrustOptions(trust()));
    String pem = Files.readString(identity.writePem(folder.resolve("id.pem")));
    assertThat(pem).startsWith("-----BEGIN PRIVATE KEY-----");
    assertThat(pem.split("BEGIN CERTIFICATE", -1)).hasSize(3);
  }

  @ParameterizedTest
  @EnumSource
  void keysOfEveryFormatAreTheSameKey(KeyFormat format) throws Exception {
    CertificateRequest ec = CertificateRequest.server("127.0.0.1");
    for (CertificateRequest request : new CertificateRequest[] {ec, ec.withRsaKey()}) {
      TestIdentity identity = authority.issue(request);
      PrivateKey read = read(identity.keyPem(format, "sesame"), format);
      Signature signature =
          Signature.getInstance(
              read.getAlgorithm().startsWith("EC") ? "SHA256withECDSA" : "SHA256withRSA");
      signature.initSign(read);
      signature.update(new byte[] {1, 2, 3});
      byte[] signed = signature.sign();
      signature.initVerify(identity.certificate());
      signature.update(new byte[] {1, 2, 3});
      assertThat(signature.verify(signed)).isTrue();
    }
  }

  /** Reads with Bouncy Castle, which did not write all of them. */
  private static PrivateKey read(String pem, KeyFormat format) throws Exception {
    if (format == KeyFormat.PKCS8) {
      String body = pem.replaceAll("-----.*-----|\\s", "");
      PKCS8EncodedKeySpec spec = new PKCS8EncodedKeySpec(Base64.getDecoder().decode(body));
      try {
        return KeyFactory.getInstance("EC").generatePrivate(spec);
      } catch (java.security.spec.InvalidKeySpecException e) {
        return KeyFactory.getInstance("RSA").generatePrivate(spec);
      }
    }
    BouncyCastleProvider provider = new BouncyCastleProvider();
    JcaPEMKeyConverter converter = new JcaPEMKeyConverter();
    char[] password = "sesame".toCharArray();
    Object read = new PEMParser(new StringReader(pem)).readObject();
    if (read instanceof PKCS8EncryptedPrivateKeyInfo encrypted) {
      JceOpenSSLPKCS8DecryptorProviderBuilder builder =
          new JceOpenSSLPKCS8DecryptorProviderBuilder().setProvider(provider);
      return converter.getPrivateKey(encrypted.decryptPrivateKeyInfo(builder.build(password)));
    }
    if (read instanceof PEMEncryptedKeyPair encrypted) {
      JcePEMDecryptorProviderBuilder builder =
          new JcePEMDecryptorProviderBuilder().setProvider(provider);
      read = encrypted.decryptKeyPair(builder.build(password));
    }
    assertThat(pem).contains(format.name().startsWith("TRADITIONAL") ? "PRIVATE KEY" : "never");
    return converter.getKeyPair((PEMKeyPair) read).getPrivate();
  }
}
