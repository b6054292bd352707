package cqloop.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/** Value. A private key with its certificates, and the forms in which files hold them. */
public final class TestIdentity {
  private final KeyPair key;
  private final List<X509Certificate> chain;

  TestIdentity(KeyPair key, List<X509Certificate> chain) {
    this.key = key;
    this.chain = List.copyOf(chain);
  }

  /** The certificate. */
  public X509Certificate certificate() {
    return chain.get(0);
  }

  /** The certificate, then the authorities above it, if there are any. */
  public List<X509Certificate> chain() {
    return chain;
  }

  /** The private key. */
  public PrivateKey privateKey() {
    return key.getPrivate();
  }

  /** The certificate as PEM. */
  public String certificatePem() {
    return Pem.certificate(certificate());
  }

  /** All certificates as PEM, the leaf first. */
  public String chainPem() {
    StringBuilder pem = new StringBuilder();
    chain.forEach(certificate -> pem.append(Pem.certificate(certificate)));
    return pem.toString();
  }

  /** The key as PEM, not encrypted: PKCS#8. */
  public String keyPem() {
    return Pem.key(key, KeyFormat.PKCS8, "");
  }

  /**
   * The key as PEM in any form; the password counts only for the encrypted ones, and must be ASCII
   * for the schemes older than PBES2.
   */
  public String keyPem(KeyFormat format, String password) {
    return Pem.key(key, format, password);
  }

  /** Writes key and chain to one PEM file, the key first, as Cassandra wants it. */
  public Path writePem(Path file) throws IOException {
    return Files.writeString(file, keyPem() + chainPem());
  }

  /** Writes key and chain to a key store; the type is {@code PKCS12} or {@code JKS}. */
  public Path writeKeyStore(Path file, String type, String password) throws IOException {
    return KeyStores.identity(file, type, password, this);
  }
}
