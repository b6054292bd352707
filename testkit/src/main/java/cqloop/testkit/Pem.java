package cqloop.testkit;

import java.io.IOException;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.cert.CRLException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.util.Base64;
import java.util.Locale;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PEMEncryptor;
import org.bouncycastle.openssl.PKCS8Generator;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8EncryptorBuilder;
import org.bouncycastle.openssl.jcajce.JcePEMEncryptorBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.util.encoders.Hex;

/** Value. Writes certificates and keys as PEM (RFC 7468), in the forms that tools have used. */
final class Pem {
  private static final int LINE = 64;

  // Low, because tests shall be quick; the keys protect nothing.
  private static final int ITERATIONS = 1000;

  private Pem() {}

  static String certificate(X509Certificate certificate) {
    try {
      return block("CERTIFICATE", "", certificate.getEncoded());
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("a certificate of ours cannot be encoded", e);
    }
  }

  static String revocationList(X509CRL list) {
    try {
      return block("X509 CRL", "", list.getEncoded());
    } catch (CRLException e) {
      throw new IllegalStateException("a list of ours cannot be encoded", e);
    }
  }

  static String key(KeyPair key, KeyFormat format, String password) {
    try {
      return switch (format) {
        case PKCS8 -> block("PRIVATE KEY", "", key.getPrivate().getEncoded());
        case PKCS8_PBES2 -> block("ENCRYPTED PRIVATE KEY", "", pbes2(key, password));
        case PKCS8_PBES1 ->
            block("ENCRYPTED PRIVATE KEY", "", pbe("PBEWithMD5AndDES", key, password));
        case PKCS8_PKCS12 ->
            block("ENCRYPTED PRIVATE KEY", "", pbe("PBEWithSHA1AndDESede", key, password));
        case TRADITIONAL -> block(label(key), "", traditional(key));
        case TRADITIONAL_ENCRYPTED -> encryptedTraditional(key, password);
      };
    } catch (GeneralSecurityException | IOException | OperatorCreationException e) {
      throw new IllegalStateException("cannot write a test key as " + format, e);
    }
  }

  private static String label(KeyPair key) {
    return key.getPrivate().getAlgorithm() + " PRIVATE KEY";
  }

  /** The inner key of PKCS#8; SEC1 names the curve inside, PKCS#8 outside. */
  private static byte[] traditional(KeyPair key) throws IOException {
    PrivateKeyInfo info = PrivateKeyInfo.getInstance(key.getPrivate().getEncoded());
    if (key.getPrivate() instanceof ECPrivateKey ec) {
      SubjectPublicKeyInfo point = SubjectPublicKeyInfo.getInstance(key.getPublic().getEncoded());
      int bits = ec.getParams().getOrder().bitLength();
      return new org.bouncycastle.asn1.sec.ECPrivateKey(
              bits,
              ec.getS(),
              new DERBitString(point.getPublicKeyData().getBytes()),
              info.getPrivateKeyAlgorithm().getParameters())
          .getEncoded();
    }
    return info.parsePrivateKey().toASN1Primitive().getEncoded();
  }

  private static byte[] pbes2(KeyPair key, String password)
      throws OperatorCreationException, IOException {
    JceOpenSSLPKCS8EncryptorBuilder builder =
        new JceOpenSSLPKCS8EncryptorBuilder(PKCS8Generator.AES_256_CBC)
            .setProvider(new BouncyCastleProvider())
            .setPRF(new AlgorithmIdentifier(PKCSObjectIdentifiers.id_hmacWithSHA256))
            .setIterationCount(ITERATIONS)
            .setPassword(password.toCharArray());
    PrivateKeyInfo info = PrivateKeyInfo.getInstance(key.getPrivate().getEncoded());
    return new PKCS8Generator(info, builder.build()).generate().getContent();
  }

  private static byte[] pbe(String algorithm, KeyPair key, String password)
      throws GeneralSecurityException, IOException {
    SecretKey secret =
        SecretKeyFactory.getInstance(algorithm)
            .generateSecret(new PBEKeySpec(password.toCharArray()));
    Cipher cipher = Cipher.getInstance(algorithm);
    cipher.init(Cipher.ENCRYPT_MODE, secret);
    byte[] encrypted = cipher.doFinal(key.getPrivate().getEncoded());
    AlgorithmParameters parameters = cipher.getParameters();
    return new EncryptedPrivateKeyInfo(parameters, encrypted).getEncoded();
  }

  private static String encryptedTraditional(KeyPair key, String password) throws IOException {
    PEMEncryptor encryptor =
        new JcePEMEncryptorBuilder("AES-256-CBC")
            .setProvider(new BouncyCastleProvider())
            .build(password.toCharArray());
    byte[] encrypted = encryptor.encrypt(traditional(key));
    // RFC 1421: what was done to the content stands in front of it.
    String headers =
        "Proc-Type: 4,ENCRYPTED\nDEK-Info: "
            + encryptor.getAlgorithm()
            + ","
            + Hex.toHexString(encryptor.getIV()).toUpperCase(Locale.ROOT)
            + "\n\n";
    return block(label(key), headers, encrypted);
  }

  private static String block(String label, String headers, byte[] content) {
    String body = Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(content);
    return "-----BEGIN " + label + "-----\n" + headers + body + "\n-----END " + label + "-----\n";
  }
}
