package cqloop.testkit.process;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import javax.net.ssl.KeyManager;

/** Reads an unencrypted PKCS8 key and a certificate chain from one PEM file. */
final class PemIdentity {
  private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
  private static final String END = "-----END PRIVATE KEY-----";

  private PemIdentity() {}

  static KeyManager[] read(Path file) throws GeneralSecurityException, IOException {
    String pem = Files.readString(file);
    int begin = pem.indexOf(BEGIN);
    int end = pem.indexOf(END);
    if (begin < 0 || end < begin) {
      throw new IOException("The file " + file + " has no unencrypted PKCS8 private key.");
    }
    byte[] key = Base64.getMimeDecoder().decode(pem.substring(begin + BEGIN.length(), end));
    String rest = pem.substring(0, begin) + pem.substring(end + END.length());
    Certificate[] chain =
        CertificateFactory.getInstance("X.509")
            .generateCertificates(
                new ByteArrayInputStream(rest.strip().getBytes(StandardCharsets.US_ASCII)))
            .toArray(new Certificate[0]);
    if (chain.length == 0) {
      throw new IOException("The file " + file + " has no certificate.");
    }
    PrivateKey privateKey =
        KeyFactory.getInstance(chain[0].getPublicKey().getAlgorithm())
            .generatePrivate(new PKCS8EncodedKeySpec(key));
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry("node", privateKey, new char[0], chain);
    return ClientTls.managers(store, new char[0]);
  }
}
