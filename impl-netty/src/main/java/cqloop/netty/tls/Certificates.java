package cqloop.netty.tls;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.cert.CRLException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Value. Reads certificates and lists of revoked ones. */
final class Certificates {

  private static final Set<String> LABELS = Set.of("CERTIFICATE", "X509 CERTIFICATE");

  private static final CertificateFactory FACTORY = factory();

  private Certificates() {}

  /** Returns all certificates of PEM text, at least one; other blocks are passed over. */
  static List<X509Certificate> read(Source source) {
    List<X509Certificate> read = new ArrayList<>();
    List<Pem.Block> blocks = Pem.blocks(source);
    for (Pem.Block block : blocks) {
      if (LABELS.contains(block.label())) {
        read.add(certificate(source, block, read.size() + 1));
      }
    }
    if (read.isEmpty()) {
      throw source.failure("there is no CERTIFICATE in it, only " + blocks, null);
    }
    return read;
  }

  private static X509Certificate certificate(Source source, Pem.Block block, int number) {
    try {
      return (X509Certificate) FACTORY.generateCertificate(new ByteArrayInputStream(block.bytes()));
    } catch (CertificateException | IllegalArgumentException e) {
      throw source.failure("certificate %s is damaged".formatted(number), e);
    }
  }

  /** Returns all lists of PEM text, or the one of DER bytes. */
  static List<X509CRL> lists(Source source) {
    List<X509CRL> lists = new ArrayList<>();
    if (source.bytes().length > 0 && source.bytes()[0] == 0x30) { // A DER SEQUENCE.
      lists.add(list(source, source.bytes()));
      return lists;
    }
    for (Pem.Block block : Pem.blocks(source)) {
      if (!block.label().equals("X509 CRL")) {
        throw source.failure("expected X509 CRL, found " + block.label(), null);
      }
      lists.add(list(source, block.bytes()));
    }
    return lists;
  }

  private static X509CRL list(Source source, byte[] der) {
    try {
      return (X509CRL) FACTORY.generateCRL(new ByteArrayInputStream(der));
    } catch (CRLException | IllegalArgumentException e) {
      throw source.failure("the list of revoked certificates is damaged", e);
    }
  }

  private static CertificateFactory factory() {
    try {
      return CertificateFactory.getInstance("X.509");
    } catch (GeneralSecurityException e) {
      throw new LinkageError("every JVM reads X.509", e);
    }
  }
}
