package cqloop.netty.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import cqloop.netty.it.Awaits;
import cqloop.testkit.CertificateRequest;
import cqloop.testkit.TestCertificates;
import cqloop.testkit.TestIdentity;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Downloads of bundles from a web server that the trust store of the JVM trusts, as in life. */
class BundleDownloadTest {

  private static final String TRUST = "javax.net.ssl.trustStore";
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final TestCertificates AUTHORITY = TestCertificates.create();

  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void close() {
    Awaits.get(vertx.close());
  }

  @Test
  void takesTheBytesThatTheWebServerGives(@TempDir Path folder) throws Exception {
    TestIdentity client = AUTHORITY.issue(CertificateRequest.client("cloud client"));
    Buffer bundle = Bundles.of(AUTHORITY, client, "meta.example.com", 29080).zip();
    String url = serve("localhost", bundle) + "?sig=c4nary";
    String elsewhere = serve("elsewhere.example.com", bundle);
    Path trust = AUTHORITY.writeTrustStore(folder.resolve("trust.p12"), "PKCS12", "sesame");
    String before = System.getProperty(TRUST);
    System.setProperty(TRUST, trust.toString());
    System.setProperty(TRUST + "Password", "sesame");
    try {
      assertThat(Awaits.get(BundleSource.read(vertx, url, LIMIT))).isEqualTo(bundle);
      // Trusted, but of another host.
      assertThat(Awaits.failure(BundleSource.read(vertx, elsewhere, LIMIT)))
          .hasMessageContaining("the download failed");
    } finally {
      System.clearProperty(TRUST + "Password");
      if (before == null) {
        System.clearProperty(TRUST);
      } else {
        System.setProperty(TRUST, before);
      }
    }
    // And without the trust store, nothing is taken.
    assertThat(Awaits.failure(BundleSource.read(vertx, url, LIMIT)))
        .hasMessageContaining("the download failed")
        .hasMessageNotContaining("c4nary");
  }

  private String serve(String name, Buffer content) {
    TestIdentity server = AUTHORITY.issue(CertificateRequest.server(name));
    HttpServerOptions options =
        new HttpServerOptions()
            .setSsl(true)
            .setKeyCertOptions(
                new PemKeyCertOptions()
                    .setCertValue(Buffer.buffer(server.chainPem()))
                    .setKeyValue(Buffer.buffer(server.keyPem())));
    HttpServer web =
        vertx.createHttpServer(options).requestHandler(asked -> asked.response().end(content));
    return "https://localhost:%d/b.zip"
        .formatted(Awaits.get(web.listen(0, "localhost")).actualPort());
  }
}
