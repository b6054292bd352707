package cqloop.testkit.process;

import cqloop.testkit.NodeTls;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * The TLS of the kit's own connections to its own nodes: they trust whatever answers on the node's
 * address, and show the node's own certificate when one is asked for.
 */
final class ClientTls {
  private ClientTls() {}

  static SSLContext of(NodeTls tls) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(identity(tls), new TrustManager[] {new TrustAll()}, new SecureRandom());
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalArgumentException(
          "The key store " + tls.keyStore() + " cannot be used for TLS.", e);
    }
  }

  private static KeyManager[] identity(NodeTls tls) throws GeneralSecurityException, IOException {
    if (tls.pem()) {
      return PemIdentity.read(tls.keyStore());
    }
    KeyStore store = KeyStore.getInstance("PKCS12");
    char[] password = tls.password().toCharArray();
    try (InputStream in = Files.newInputStream(tls.keyStore())) {
      store.load(in, password);
    }
    return managers(store, password);
  }

  static KeyManager[] managers(KeyStore store, char[] password) throws GeneralSecurityException {
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, password);
    return factory.getKeyManagers();
  }

  private static final class TrustAll implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {
      throw new UnsupportedOperationException("the kit is only ever a client");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {
      // Our own node on a loopback address; what is under test is the driver's trust, not ours.
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
