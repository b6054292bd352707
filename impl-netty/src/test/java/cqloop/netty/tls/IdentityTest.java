package cqloop.netty.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import cqloop.error.TlsFailed;
import cqloop.testkit.CertificateRequest;
import cqloop.testkit.TestCertificates;
import java.security.cert.X509Certificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names and addresses of certificates. Scenario H5. */
class IdentityTest {

  private static final TestCertificates AUTHORITY = TestCertificates.create();

  @ParameterizedTest
  @CsvSource({
    "db.example,          db.example,       true",
    "DB.example,          db.EXAMPLE,       true",
    "db.example.,         db.example,       true",
    "db.example,          db.example.,      true",
    "db.example,          db2.example,      false",
    "example,             db.example,       false",
    "*.db.example,        n1.db.example,    true",
    "*.db.example,        db.example,       false",
    "*.db.example,        a.b.db.example,   false",
    "*.example,           db.example,       false",
    "*,                   db,               false",
    "*.,                  db.,              false",
    "n*.db.example,       n1.db.example,    false",
    "*.*.example,         a.b.example,      false",
    "*.db.example,        .db.example,      false",
    "'',                  '',               false",
    "10.0.0.1,            10.0.0.1,         true",
  })
  void aStarStandsForOneWholeLabel(String pattern, String host, boolean matches) {
    assertThat(Identity.matches(pattern, host)).isEqualTo(matches);
  }

  @Test
  void addressesAreComparedAsNumbers() throws Exception {
    X509Certificate certificate = server("10.0.0.1", "2001:db8::1", "db.example");
    Identity.check(certificate, "10.0.0.1");
    Identity.check(certificate, "2001:DB8:0:0:0:0:0:1");
    Identity.check(certificate, "db.example");
    refuses(certificate, "10.0.0.2");
    refuses(certificate, "2001:db8::2");
  }

  @Test
  void anAddressIsNoName() {
    refuses(server("db.example"), "10.0.0.1");
    // A name that reads like an address names no address, and the other way round.
    refuses(server("10.0.0.1"), "10.0.0.1.example");
  }

  @Test
  void theCommonNameCountsOnlyWhereThereIsNoOther() throws Exception {
    CertificateRequest common = CertificateRequest.server().withCommonName("db.example");
    Identity.check(AUTHORITY.issue(common).certificate(), "db.example");
    refuses(AUTHORITY.issue(common).certificate(), "other.example");
    refuses(AUTHORITY.issue(common.withName("other.example")).certificate(), "db.example");
    refuses(AUTHORITY.issue(common.withName("10.0.0.1")).certificate(), "db.example");
    CertificateRequest address = CertificateRequest.server().withCommonName("10.0.0.1");
    Identity.check(AUTHORITY.issue(address).certificate(), "10.0.0.1");
  }

  @Test
  void namesOfStrangersAreCutAndCleaned() {
    X509Certificate hostile =
        AUTHORITY
            .issue(CertificateRequest.server().withCommonName("a\nFAKE LOG LINE" + "x".repeat(500)))
            .certificate();

    assertThatExceptionOfType(PeerRefused.class)
        .isThrownBy(() -> Identity.check(hostile, "db.example"))
        .satisfies(
            refused -> assertThat(refused.getMessage()).doesNotContain("\n", "x".repeat(200)));
  }

  private static void refuses(X509Certificate certificate, String host) {
    assertThatExceptionOfType(PeerRefused.class)
        .isThrownBy(() -> Identity.check(certificate, host))
        .withMessageContaining("'" + host + "'")
        .satisfies(
            refused -> assertThat(refused.kind()).isEqualTo(TlsFailed.Kind.IDENTITY_MISMATCH));
  }

  private static X509Certificate server(String... names) {
    return AUTHORITY.issue(CertificateRequest.server(names)).certificate();
  }
}
