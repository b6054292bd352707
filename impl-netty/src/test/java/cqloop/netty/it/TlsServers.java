package cqloop.netty.it;

import cqloop.CqlOptions;
import cqloop.TlsOptions;
import cqloop.testkit.TestCertificates;
import cqloop.testkit.TestIdentity;
import cqloop.testkit.fake.FakeNode;
import cqloop.testkit.fake.FakeNodeOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.time.Duration;

/** Options of scripted nodes that speak TLS, and of sessions that trust them. */
final class TlsServers {

  private TlsServers() {}

  static NetServerOptions of(TestIdentity identity) {
    return of(identity.chainPem(), identity.keyPem());
  }

  static NetServerOptions of(String chain, String key) {
    return new NetServerOptions()
        .setSsl(true)
        .setKeyCertOptions(
            new PemKeyCertOptions()
                .addCertValue(Buffer.buffer(chain))
                .addKeyValue(Buffer.buffer(key)));
  }

  static NetServerOptions askingClients(NetServerOptions options, TestCertificates authority) {
    return options
        .setClientAuth(ClientAuth.REQUIRED)
        .setTrustOptions(
            new PemTrustOptions().addCertValue(Buffer.buffer(authority.authorityPem())));
  }

  static FakeNode start(Fakes fakes, NetServerOptions server) {
    return fakes.start(new FakeNodeOptions().setServerOptions(server));
  }

  static TlsOptions trusting(TestCertificates authority) {
    TlsOptions tls = new TlsOptions();
    tls.getTrust().setCertificates(authority.authorityPem());
    return tls;
  }

  static void show(TlsOptions tls, TestIdentity identity) {
    tls.getKey().setCertificateChain(identity.chainPem()).setPrivateKey(identity.keyPem());
  }

  static CqlOptions options(String endpoint, TlsOptions tls) {
    CqlOptions options = Fakes.options().addContactPoint(endpoint).setTls(tls);
    // Handshakes are arithmetic: on a busy machine they take their time.
    options
        .getConnection()
        .setConnectTimeout(Duration.ofSeconds(5))
        .setHandshakeTimeout(Duration.ofSeconds(5));
    return options;
  }
}
