package cqloop.netty.tls;

import cqloop.TlsVerification;
import cqloop.error.TlsFailed;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Any thread. Decides whether the other side is the node that we asked for: its chain first, then
 * whether its certificate names the host that the engine was made for. We check the host ourselves,
 * because the check of the JDK cannot tell names from addresses, nor the reason of a refusal.
 */
final class PeerVerifier extends X509ExtendedTrustManager {

  private final TlsVerification verification;
  private final X509TrustManager chains;

  PeerVerifier(TlsVerification verification, X509TrustManager chains) {
    this.verification = verification;
    this.chains = chains;
  }

  @Override
  public void checkServerTrusted(
      X509Certificate @Nullable [] chain, String authType, SSLEngine engine)
      throws CertificateException {
    if (verification == TlsVerification.NONE) {
      return;
    }
    if (chain == null || chain.length == 0) {
      throw new PeerRefused(
          TlsFailed.Kind.NO_PEER_CERTIFICATE,
          "only a node with a certificate can be trusted",
          null);
    }
    try {
      if (chains instanceof X509ExtendedTrustManager extended) {
        extended.checkServerTrusted(chain, authType, engine);
      } else {
        chains.checkServerTrusted(chain, authType);
      }
    } catch (CertificateException refused) {
      throw ChainProblem.of(chain, chains.getAcceptedIssuers(), refused);
    }
    if (verification != TlsVerification.PEER_CERT) {
      Identity.check(chain[0], engine.getPeerHost());
    }
  }

  /** Without an engine nobody can tell whom we asked for. */
  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw notForSockets();
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    throw notForSockets();
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw notForSockets();
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    throw notForSockets();
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    throw notForSockets();
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return chains.getAcceptedIssuers();
  }

  private static CertificateException notForSockets() {
    return new CertificateException("only nodes are verified, and only with an engine");
  }
}
