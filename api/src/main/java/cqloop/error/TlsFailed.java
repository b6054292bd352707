package cqloop.error;

import org.jspecify.annotations.Nullable;

/** A connection could not be secured, or its security was lost. */
public final class TlsFailed extends CqlException {

  /** Value. What went wrong. */
  public enum Kind {
    /** Our certificate, or a trusted one, cannot be read. */
    INVALID_CERTIFICATE("our certificate or a trusted one cannot be read"),
    /** Our private key cannot be read, or does not fit the certificate. */
    INVALID_PRIVATE_KEY("our private key cannot be read or does not fit"),
    /** The node sent no certificate. */
    NO_PEER_CERTIFICATE("the node sent no certificate"),
    /** The certificate of the node is not trusted, has expired or is revoked. */
    INVALID_PEER_CERTIFICATE("the certificate of the node is not trusted"),
    /** The certificate of the node is good, but for another host. */
    IDENTITY_MISMATCH("the certificate of the node is for another host"),
    /** The node wants a certificate of ours, or does not accept the one it got. */
    CLIENT_REFUSED("the node does not accept us"),
    /** The two sides could not agree, or one broke the rules of TLS. */
    PROTOCOL_ERROR("the TLS handshake failed"),
    /** The node closed the connection during the handshake. */
    CLOSED("the node closed the connection during the TLS handshake"),
    /** The node did not end the handshake in time. */
    TIMEOUT("the TLS handshake did not end in time"),
    /** What the options ask for is not on the class path, or not in this JVM. */
    NOT_SUPPORTED("the TLS options cannot be obeyed here");

    private final String words;

    Kind(String words) {
      this.words = words;
    }
  }

  private final String node;
  private final Kind kind;

  /**
   * @param node the node as {@code host:port} or, as {@link cqloop.metadata.Node#label()} gives it,
   *     {@code name (host:port)}, or empty when it fails before one is asked
   * @param problem more about it, in words; never a key or a password
   */
  public TlsFailed(String node, Kind kind, String problem, @Nullable Throwable cause) {
    super(
        "TLS%s: %s: %s".formatted(node.isEmpty() ? "" : " with " + node, kind.words, problem),
        cause);
    this.node = NodeText.endpointOf(node);
    this.kind = kind;
  }

  /** Returns the node as {@code host:port}, or an empty text when none was asked yet. */
  public String node() {
    return node;
  }

  /** Returns what went wrong. */
  public Kind kind() {
    return kind;
  }

  @Override
  public ErrorCategory category() {
    return ErrorCategory.TRANSPORT;
  }

  /** Only a node that closed or was slow has a chance; the rest must be mended first. */
  @Override
  public boolean retryable() {
    return kind == Kind.CLOSED || kind == Kind.TIMEOUT;
  }
}
