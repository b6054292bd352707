package cqloop.netty.tls;

import cqloop.error.TlsFailed;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import org.jspecify.annotations.Nullable;

/** Value. Finds out why a chain of certificates is not trusted; the JDK says it in riddles. */
final class ChainProblem {

  /**
   * What an engine hands over of a chain. The JDK ends the handshake when there are more
   * (jdk.tls.client.maxInboundCertificateChainLength); OpenSSL cuts off the rest (VERIFY_DEPTH of
   * Netty's ReferenceCountedOpenSslContext).
   */
  private static final int MAX_CHAIN = 10;

  private ChainProblem() {}

  /**
   * @param trusted the certificates that we trust
   */
  static PeerRefused of(
      X509Certificate[] chain, X509Certificate[] trusted, CertificateException cause) {
    if (isCutOff(chain, trusted)) {
      return new PeerRefused(
          TlsFailed.Kind.PROTOCOL_ERROR,
          "its chain of certificates is too long, %s do not lead to an authority; it should send its"
                  .formatted(chain.length)
              + " own and the intermediate ones only",
          cause);
    }
    return new PeerRefused(
        TlsFailed.Kind.INVALID_PEER_CERTIFICATE, words(chain, trusted, cause), cause);
  }

  private static boolean isCutOff(X509Certificate[] chain, X509Certificate[] trusted) {
    X509Certificate last = chain[chain.length - 1];
    return chain.length >= MAX_CHAIN && !isSelfSigned(last) && !knows(trusted, last);
  }

  private static String words(
      X509Certificate[] chain, X509Certificate[] trusted, CertificateException cause) {
    CertPathValidatorException path = find(cause);
    if (path != null && path.getReason() == BasicReason.REVOKED) {
      return "it is revoked, says a list of revocationListPaths; the node needs a new one: "
          + describe(chain, path);
    }
    if (path != null && path.getReason() == BasicReason.UNDETERMINED_REVOCATION_STATUS) {
      return "no valid list of revoked certificates covers it: a list of its authority "
          + Words.issuer(chain[0])
          + " is missing or out of date; add a fresh one to revocationListPaths";
    }
    for (X509Certificate certificate : chain) {
      String outOfTime = outOfTime(certificate);
      if (outOfTime != null) {
        return outOfTime;
      }
    }
    if (path != null && path.getReason() == BasicReason.ALGORITHM_CONSTRAINED) {
      return "its key or signature is too weak for this JVM ("
          + Words.clean(String.valueOf(path.getMessage()))
          + "); the node needs a stronger one: "
          + describe(chain, path);
    }
    return unknown(chain, trusted, cause);
  }

  private static @Nullable String outOfTime(X509Certificate certificate) {
    try {
      certificate.checkValidity();
      return null;
    } catch (CertificateExpiredException e) {
      return "%s expired at %s; renew it, or set the clock of this machine right"
          .formatted(Words.subject(certificate), Words.date(certificate.getNotAfter()));
    } catch (CertificateNotYetValidException e) {
      return "%s is not valid before %s; set the clock of this machine or of the issuer right"
          .formatted(Words.subject(certificate), Words.date(certificate.getNotBefore()));
    }
  }

  private static String unknown(
      X509Certificate[] chain, X509Certificate[] trusted, CertificateException cause) {
    X509Certificate last = chain[chain.length - 1];
    if (isSelfSigned(chain[0])) {
      return "it is self-signed, %s; add it to the trusted certificates, or give the node one of an"
              .formatted(Words.subject(chain[0]))
          + " authority";
    }
    if (knows(trusted, last)) {
      return "its chain does not lead to a trusted certificate: "
          + Words.clean(String.valueOf(cause.getMessage()));
    }
    if (isSelfSigned(last)) {
      return "its authority %s is unknown; add the certificate of the authority to the trusted ones"
          .formatted(Words.subject(last));
    }
    return ("%s was issued by %s, which the node did not send and which is not trusted; let the node"
            + " send its intermediate certificates, or add that authority to the trusted ones")
        .formatted(Words.subject(last), Words.issuer(last));
  }

  private static boolean knows(X509Certificate[] trusted, X509Certificate last) {
    for (X509Certificate one : trusted) {
      if (one.getSubjectX500Principal().equals(last.getIssuerX500Principal())
          && isSignedBy(last, one)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isSelfSigned(X509Certificate certificate) {
    return certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal())
        && isSignedBy(certificate, certificate);
  }

  private static boolean isSignedBy(X509Certificate certificate, X509Certificate issuer) {
    try {
      certificate.verify(issuer.getPublicKey());
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static String describe(X509Certificate[] chain, CertPathValidatorException path) {
    int index = path.getIndex();
    return Words.subject(chain[index >= 0 && index < chain.length ? index : 0]);
  }

  private static @Nullable CertPathValidatorException find(Throwable failure) {
    Throwable at = failure;
    for (int depth = 0; at != null && depth < 16; depth++) {
      if (at instanceof CertPathValidatorException found) {
        return found;
      }
      at = at.getCause();
    }
    return null;
  }
}
