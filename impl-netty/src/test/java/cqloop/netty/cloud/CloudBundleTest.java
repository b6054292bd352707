package cqloop.netty.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import cqloop.error.CloudBundleFailed;
import cqloop.error.CloudBundleFailed.Kind;
import cqloop.testkit.CertificateRequest;
import cqloop.testkit.TestCertificates;
import cqloop.testkit.TestIdentity;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Bundles that are whole, and those that are not: each error says what is wrong with which part.
 */
class CloudBundleTest {

  private static final TestCertificates AUTHORITY = TestCertificates.create();
  private static final TestIdentity CLIENT =
      AUTHORITY.issue(CertificateRequest.client("cloud client"));

  @Test
  void readsTheFilesInPemForm() {
    CloudBundle bundle = read(bundle().zip());
    assertThat(bundle.service()).isEqualTo("meta.example.com:29080");
    assertThat(bundle.authority()).isEqualTo(AUTHORITY.authorityPem());
    assertThat(bundle.certificate()).isEqualTo(CLIENT.certificatePem());
    assertThat(bundle.key()).isEqualTo(CLIENT.keyPem());
    assertThat(bundle.hasCredentials()).isFalse();
    assertThat(bundle.toString()).contains("meta.example.com").doesNotContain("PRIVATE");
  }

  @Test
  void notesTheUserThatBundlesOfOldName() {
    String config = "{\"host\":\"h\",\"port\":1,\"username\":\"token\",\"password\":\"c4nary\"}";
    assertThat(read(bundle().with("config.json", config).zip()).hasCredentials()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"config.json", "ca.crt", "cert", "key"})
  void namesThePartThatIsMissing(String part) {
    CloudBundleFailed failure = refused(bundle().without(part).zip());
    assertThat(failure.kind()).isEqualTo(Kind.INCOMPLETE);
    assertThat(failure).hasMessageContaining("it has no '" + part + "'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{",
        "{\"port\":1}",
        "{\"host\":\"h\"}",
        "{\"host\":\"h\",\"port\":\"1\"}",
        "{\"host\":\"h\",\"port\":0}",
        "{\"host\":\"h\",\"port\":65536}",
        "{\"host\":\" \",\"port\":1}",
        "{\"password\":\"c4nary\",}"
      })
  void configThatNamesNoService(String config) {
    CloudBundleFailed failure = refused(bundle().with("config.json", config).zip());
    assertThat(failure.kind()).isEqualTo(Kind.DAMAGED);
    assertThat(failure).hasMessageContaining("config.json").hasMessageNotContaining("c4nary");
  }

  @Test
  void certificatesAndKeysThatAreNone() {
    assertThat(refused(bundle().with("ca.crt", "x").zip()).kind()).isEqualTo(Kind.DAMAGED);
    assertThat(refused(bundle().with("cert", "").zip())).hasMessageContaining("'cert'");
    CloudBundleFailed noKey = refused(bundle().with("key", "c4nary").zip());
    assertThat(noKey)
        .hasMessageContaining("holds no private key")
        .hasMessageNotContaining("c4nary");
  }

  @Test
  void certificateThatHasExpiredOrIsOfTheFuture() {
    Instant now = Instant.now();
    for (Duration off : new Duration[] {Duration.ofDays(4000), Duration.ofDays(-4000)}) {
      CloudBundleFailed failure =
          catchThrowableOfType(
              CloudBundleFailed.class,
              () -> CloudBundle.read("Cloud bundle", bundle().zip(), now.plus(off)));
      assertThat(failure.kind()).isEqualTo(Kind.EXPIRED);
      assertThat(failure).hasMessageContaining("Download a new bundle");
    }
    TestIdentity expired = AUTHORITY.issue(CertificateRequest.client("old").expired());
    assertThat(refused(bundle().with("cert", expired.certificatePem()).zip()).kind())
        .isEqualTo(Kind.EXPIRED);
  }

  @Test
  void zipThatIsNone() {
    for (Buffer zip : new Buffer[] {Buffer.buffer(), Buffer.buffer("PK is not all it takes")}) {
      CloudBundleFailed failure = refused(zip);
      assertThat(failure.kind()).isEqualTo(Kind.DAMAGED);
      assertThat(failure).hasMessageContaining("download it again");
    }
  }

  /** Cut off anywhere, it is refused or, behind the last needed file, still whole. */
  @Test
  void zipThatIsCutOff() {
    Buffer zip = bundle().zip();
    int lastNeeded = zip.toString("ISO-8859-1").indexOf("identity.jks");
    for (int length = 0; length < zip.length(); length += 7) {
      Buffer part = zip.getBuffer(0, length);
      if (length < lastNeeded - 60) {
        assertThat(refused(part).kind()).isIn(Kind.DAMAGED, Kind.INCOMPLETE);
      } else {
        Throwable any = catchThrowableOfType(CloudBundleFailed.class, () -> read(part));
        assertThat(any == null || any instanceof CloudBundleFailed).isTrue();
      }
    }
  }

  /** Faults in single bytes give a bundle or a typed error, nothing else. */
  @Test
  void zipWithWrongBytes() {
    byte[] zip = bundle().zip().getBytes();
    Random random = new Random(7);
    int refused = 0;
    for (int i = 0; i < 2000; i++) {
      byte[] wrong = zip.clone();
      wrong[random.nextInt(wrong.length)] ^= (byte) (1 + random.nextInt(255));
      try {
        read(Buffer.buffer(wrong));
      } catch (CloudBundleFailed typed) {
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(500);
  }

  @Test
  void bombsAreNotUnpacked() {
    byte[] zeros = new byte[64 * 1024 * 1024];
    Buffer needed = bundle().with("ca.crt", zeros).zip();
    assertThat(needed.length()).isLessThan(BundleFiles.MAX_BYTES);
    assertThat(refused(needed).kind()).isEqualTo(Kind.TOO_LARGE);
    assertThat(refused(bundle().with("readme", zeros).zip()).kind()).isEqualTo(Kind.TOO_LARGE);
    Bundles many = bundle();
    for (int i = 0; i <= BundleFiles.MAX_ENTRIES; i++) {
      many.with("file" + i, "");
    }
    assertThat(refused(many.zip()).kind()).isEqualTo(Kind.TOO_LARGE);
    assertThat(refused(Buffer.buffer(new byte[BundleFiles.MAX_BYTES + 1])).kind())
        .isEqualTo(Kind.TOO_LARGE);
  }

  @Test
  void onlyTheTopOfTheZipCounts() {
    Bundles nested = bundle().without("key").with("../key", CLIENT.keyPem());
    assertThat(refused(nested.zip()).kind()).isEqualTo(Kind.INCOMPLETE);
  }

  private static Bundles bundle() {
    return Bundles.of(AUTHORITY, CLIENT, "meta.example.com", 29080);
  }

  private static CloudBundle read(Buffer zip) {
    return CloudBundle.read("Cloud bundle 'b.zip'", zip, Instant.now());
  }

  private static CloudBundleFailed refused(Buffer zip) {
    CloudBundleFailed failure = catchThrowableOfType(CloudBundleFailed.class, () -> read(zip));
    assertThat(failure).hasMessageStartingWith("Cloud bundle 'b.zip': ");
    return failure;
  }
}
