package cqloop.testkit;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Value. How the nodes of a cluster speak TLS to clients.
 *
 * @param keyStore the server's key and certificate chain: a PKCS12 file, or one PEM file with an
 *     unencrypted PKCS8 key and the chain
 * @param password of the PKCS12 files; empty for PEM
 * @param trustStore the authorities of client certificates; null when none are asked for
 * @param pem whether the files are PEM (server line 4.1 and later)
 * @param optional whether plain clients are served on the same port
 */
public record NodeTls(
    Path keyStore, String password, @Nullable Path trustStore, boolean pem, boolean optional) {

  /**
   * From a PKCS12 key store.
   *
   * @param keyStore the file
   * @param password of the file and of its key
   * @return TLS without client certificates
   */
  public static NodeTls pkcs12(Path keyStore, String password) {
    return new NodeTls(keyStore.toAbsolutePath(), password, null, false, false);
  }

  /**
   * From a PEM file.
   *
   * @param keyAndChain an unencrypted PKCS8 private key, then the certificate and its authorities
   * @return TLS without client certificates
   */
  public static NodeTls pem(Path keyAndChain) {
    return new NodeTls(keyAndChain.toAbsolutePath(), "", null, true, false);
  }

  /**
   * Asks each client for a certificate.
   *
   * @param authorities a file of the same kind and password as the key store
   * @return a copy; clients without a trusted certificate are refused
   */
  public NodeTls withClientAuth(Path authorities) {
    return new NodeTls(keyStore, password, authorities.toAbsolutePath(), pem, optional);
  }

  /**
   * Serves plain clients on the same port.
   *
   * @return a copy
   */
  public NodeTls withPlainClients() {
    return new NodeTls(keyStore, password, trustStore, pem, true);
  }

  /** Names the files only: the password must not reach a log. */
  @Override
  public String toString() {
    return "NodeTls[keyStore=" + keyStore + ", trustStore=" + trustStore + ']';
  }
}
