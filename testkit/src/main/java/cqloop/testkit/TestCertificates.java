package cqloop.testkit;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CRLConverter;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * Value. A certificate authority that lives as long as a test, and the good and bad certificates
 * that it issues. Needs Bouncy Castle (bcpkix) on the class path.
 */
public final class TestCertificates {
  private static final int RSA_BITS = 2048;
  private static final String CURVE = "secp256r1";
  private static final int SERIAL_BITS = 64;

  private final KeyPair key;
  private final X509Certificate certificate;
  private final List<X509Certificate> above;

  private TestCertificates(KeyPair key, X509Certificate certificate, List<X509Certificate> above) {
    this.key = key;
    this.certificate = certificate;
    this.above = List.copyOf(above);
  }

  /** Creates an authority with a key of its own; two authorities do not trust each other. */
  public static TestCertificates create() {
    return create("cqloop test authority");
  }

  /** Creates an authority with this common name. */
  public static TestCertificates create(String commonName) {
    try {
      KeyPair key = newKey(CertificateRequest.KeyKind.EC);
      return new TestCertificates(
          key, authority(name(commonName), commonName, key, key), List.of());
    } catch (GeneralSecurityException | IOException | OperatorCreationException e) {
      throw new IllegalStateException("cannot create a test authority", e);
    }
  }

  /** Creates an authority below this one: whoever trusts this one needs its certificate too. */
  public TestCertificates subordinate(String commonName) {
    try {
      KeyPair own = newKey(CertificateRequest.KeyKind.EC);
      List<X509Certificate> chain = new ArrayList<>(List.of(certificate));
      chain.addAll(above);
      return new TestCertificates(
          own, authority(subject(certificate), commonName, own, key), chain);
    } catch (GeneralSecurityException | IOException | OperatorCreationException e) {
      throw new IllegalStateException("cannot create a test authority", e);
    }
  }

  private static X509Certificate authority(
      X500Name issuer, String commonName, KeyPair own, KeyPair signer)
      throws GeneralSecurityException, IOException, OperatorCreationException {
    JcaX509v3CertificateBuilder builder =
        builder(
            issuer,
            name(commonName),
            own,
            new CertificateRequest.Validity(Duration.ofDays(-60), Duration.ofDays(3650)));
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
    builder.addExtension(
        Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
    return sign(builder, signer);
  }

  /** Returns a list of revoked certificates of this authority as PEM; it is valid for a day. */
  public String revocationListPem(TestIdentity... revoked) {
    try {
      Instant now = Instant.now();
      JcaX509v2CRLBuilder builder =
          new JcaX509v2CRLBuilder(certificate.getSubjectX500Principal(), Date.from(now));
      builder.setNextUpdate(Date.from(now.plus(Duration.ofDays(1))));
      for (TestIdentity identity : revoked) {
        builder.addCRLEntry(
            identity.certificate().getSerialNumber(), Date.from(now), CRLReason.keyCompromise);
      }
      return Pem.revocationList(
          new JcaX509CRLConverter()
              .getCRL(
                  builder.build(
                      new JcaContentSignerBuilder("SHA256withECDSA").build(key.getPrivate()))));
    } catch (GeneralSecurityException | OperatorCreationException e) {
      throw new IllegalStateException("cannot write a list of revoked certificates", e);
    }
  }

  /** The certificate of the authority. */
  public X509Certificate authority() {
    return certificate;
  }

  /** The certificate of the authority as PEM: what the other side has to trust. */
  public String authorityPem() {
    return Pem.certificate(certificate);
  }

  /** Writes a trust store that holds the authority; the type is {@code PKCS12} or {@code JKS}. */
  public Path writeTrustStore(Path file, String type, String password) throws IOException {
    return KeyStores.trust(file, type, password, certificate);
  }

  /** Issues a certificate. */
  public TestIdentity issue(CertificateRequest request) {
    try {
      KeyPair own = newKey(request.keyKind());
      X509Certificate issued = sign(leaf(subject(certificate), own, request), key);
      List<X509Certificate> chain = new ArrayList<>(List.of(issued, certificate));
      chain.addAll(above);
      return new TestIdentity(own, chain);
    } catch (GeneralSecurityException | IOException | OperatorCreationException e) {
      throw new IllegalStateException("cannot issue a test certificate for " + request, e);
    }
  }

  /** A certificate that its own key has signed, and no authority. */
  public static TestIdentity selfSigned(CertificateRequest request) {
    try {
      KeyPair own = newKey(request.keyKind());
      X509Certificate issued = sign(leaf(name(request.commonName()), own, request), own);
      return new TestIdentity(own, List.of(issued));
    } catch (GeneralSecurityException | IOException | OperatorCreationException e) {
      throw new IllegalStateException("cannot sign a test certificate for " + request, e);
    }
  }

  private static JcaX509v3CertificateBuilder leaf(
      X500Name issuer, KeyPair own, CertificateRequest request) throws CertIOException {
    JcaX509v3CertificateBuilder builder =
        builder(issuer, name(request.commonName()), own, request.validity());
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
    builder.addExtension(Extension.extendedKeyUsage, false, usage(request.usage()));
    if (!request.names().isEmpty()) {
      builder.addExtension(
          Extension.subjectAlternativeName, false, alternativeNames(request.names()));
    }
    return builder;
  }

  private static ExtendedKeyUsage usage(CertificateRequest.Usage usage) {
    return switch (usage) {
      case SERVER -> new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth);
      case CLIENT -> new ExtendedKeyUsage(KeyPurposeId.id_kp_clientAuth);
      case NODE ->
          new ExtendedKeyUsage(
              new KeyPurposeId[] {KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth});
    };
  }

  private static GeneralNames alternativeNames(List<String> names) {
    GeneralName[] general = new GeneralName[names.size()];
    for (int i = 0; i < general.length; i++) {
      String name = names.get(i);
      general[i] = new GeneralName(kind(name), name);
    }
    return new GeneralNames(general);
  }

  private static int kind(String name) {
    if (name.contains("://")) {
      return GeneralName.uniformResourceIdentifier;
    }
    return isAddress(name) ? GeneralName.iPAddress : GeneralName.dNSName;
  }

  /** Addresses are IPv6 when they hold a colon, IPv4 when they hold only digits and dots. */
  private static boolean isAddress(String name) {
    return name.indexOf(':') >= 0 || name.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
  }

  private static JcaX509v3CertificateBuilder builder(
      X500Name issuer, X500Name subject, KeyPair own, CertificateRequest.Validity validity) {
    Instant now = Instant.now();
    return new JcaX509v3CertificateBuilder(
        issuer,
        new BigInteger(SERIAL_BITS, new SecureRandom()),
        Date.from(now.plus(validity.from())),
        Date.from(now.plus(validity.until())),
        subject,
        own.getPublic());
  }

  private static X509Certificate sign(JcaX509v3CertificateBuilder builder, KeyPair signer)
      throws GeneralSecurityException, OperatorCreationException {
    boolean rsa = signer.getPrivate().getAlgorithm().equals("RSA");
    JcaContentSignerBuilder signature =
        new JcaContentSignerBuilder(rsa ? "SHA256withRSA" : "SHA256withECDSA");
    return new JcaX509CertificateConverter()
        .getCertificate(builder.build(signature.build(signer.getPrivate())));
  }

  private static X500Name name(String commonName) {
    return new X500NameBuilder(BCStyle.INSTANCE).addRDN(BCStyle.CN, commonName).build();
  }

  private static X500Name subject(X509Certificate certificate) {
    return X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
  }

  private static KeyPair newKey(CertificateRequest.KeyKind kind) throws GeneralSecurityException {
    boolean rsa = kind == CertificateRequest.KeyKind.RSA;
    KeyPairGenerator generator = KeyPairGenerator.getInstance(rsa ? "RSA" : "EC");
    if (rsa) {
      generator.initialize(RSA_BITS);
    } else {
      generator.initialize(new ECGenParameterSpec(CURVE));
    }
    return generator.generateKeyPair();
  }
}
