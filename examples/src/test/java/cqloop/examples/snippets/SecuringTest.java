package cqloop.examples.snippets;

import static org.assertj.core.api.Assertions.assertThat;

import cqloop.CqlOptions;
import cqloop.PolicyOptions;
import org.junit.jupiter.api.Test;

/** What the blocks on TLS and log-in leave in the options. */
class SecuringTest {
  @Test
  void keysAndTrustAreSet() {
    CqlOptions options = new CqlOptions();

    Securing.tls(options, "secret");

    assertThat(options.getTls().getKey().getPrivateKeyPath()).isEqualTo("/etc/app/client.key");
    assertThat(options.getTls().getTrust().getCertificatesPath())
        .isEqualTo("/etc/cassandra/ca.pem");
    assertThat(options.toString()).doesNotContain("secret");
  }

  @Test
  void passwordsAreConfigurationOfThePlugIn() {
    CqlOptions options = new CqlOptions();

    Securing.password(options, "secret");

    assertThat(options.getAuth().getName()).isEqualTo("plain");
    assertThat(options.getAuth().getConfig().getString("username")).isEqualTo("app");
    assertThat(options.toString()).doesNotContain("secret");
  }

  @Test
  void bundlesComeWithALogIn() {
    CqlOptions options = new CqlOptions();

    Securing.cloud(options, new PolicyOptions("plain"));

    assertThat(options.getCloudBundle()).isEqualTo("/etc/secure-connect-shop.zip");
    assertThat(options.getAuth().getName()).isEqualTo("plain");
  }
}
