package cqloop.netty.tls;

import cqloop.error.TlsFailed;
import cqloop.error.TlsFailed.Kind;
import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import java.io.IOException;
import java.util.Locale;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Value. Turns what an engine throws into an error that names the cause and the remedy. */
public final class TlsFailures {

  /** Causes of causes that are looked at; a chain may be a ring. */
  private static final int MAX_DEPTH = 16;

  private static final String NO_TLS =
      "it answered with something that is not TLS; is this the port for TLS, and is TLS on there"
          + " (client_encryption_options)?";

  private TlsFailures() {}

  /** Tells whether a failure of a channel is one of TLS. */
  public static boolean isTls(Throwable failure) {
    return find(SSLException.class, failure) != null || find(PeerRefused.class, failure) != null;
  }

  /**
   * Returns the error for a failure of a handshake, or of a secured connection later.
   *
   * @param node as {@code host:port}
   * @param hasKey whether we have shown a certificate of our own
   */
  public static TlsFailed of(String node, Throwable failure, boolean hasKey) {
    TlsFailed known = find(TlsFailed.class, failure);
    if (known != null) {
      return known;
    }
    PeerRefused refused = find(PeerRefused.class, failure);
    if (refused != null) {
      return new TlsFailed(node, refused.kind(), String.valueOf(refused.getMessage()), failure);
    }
    if (find(SslHandshakeTimeoutException.class, failure) != null) {
      return new TlsFailed(
          node,
          Kind.TIMEOUT,
          "it is silent; a port without TLS waits for us just so: is TLS on there, and is the"
              + " handshakeTimeout long enough?",
          failure);
    }
    if (find(NotSslRecordException.class, failure) != null) {
      return new TlsFailed(node, Kind.PROTOCOL_ERROR, NO_TLS, failure);
    }
    SSLException ssl = find(SSLException.class, failure);
    if (ssl == null) {
      // A closed or reset socket. Every other reason is an SSLException.
      return new TlsFailed(node, Kind.CLOSED, closed(failure, hasKey), failure);
    }
    return ofWords(node, String.valueOf(ssl.getMessage()), failure, hasKey);
  }

  private static TlsFailed ofWords(String node, String said, Throwable failure, boolean hasKey) {
    String words = said.toLowerCase(Locale.ROOT).replace(' ', '_');
    Alert alert = Alert.in(words);
    if (alert != null) {
      return new TlsFailed(
          node,
          alert.kind(),
          "the node said %s: %s".formatted(alert.said(), alert.remedy(hasKey)),
          failure);
    }
    if (has(words, "selected_protocol_version", "unsupported_protocol", "wrong_version_number")) {
      return new TlsFailed(
          node,
          Kind.PROTOCOL_ERROR,
          "it offers only a version of TLS that is too old; let it speak TLS 1.2 or 1.3"
              + " (accepted_protocols), or lower minVersion if that is 1.3: "
              + Words.clean(said),
          failure);
    }
    if (has(words, "unrecognized_ssl_message", "unsupported_or_unrecognized")) {
      return new TlsFailed(node, Kind.PROTOCOL_ERROR, NO_TLS, failure);
    }
    if (has(
        words, "size_of_the_handshake_message", "certificate_chain_length", "excessive_message")) {
      return new TlsFailed(
          node,
          Kind.PROTOCOL_ERROR,
          "its chain of certificates is too long; it should send its own and the intermediate ones"
              + " only: "
              + Words.clean(said),
          failure);
    }
    if (has(words, "improper_ciphersuite", "wrong_cipher_returned")) {
      return new TlsFailed(
          node,
          Kind.PROTOCOL_ERROR,
          "it chose a suite that we did not offer, as no sound server does: " + Words.clean(said),
          failure);
    }
    if (has(words, "closed_before", "closing_inbound", "connection_closed", "closed_while")) {
      return new TlsFailed(node, Kind.CLOSED, closed(failure, hasKey), failure);
    }
    return new TlsFailed(node, Kind.PROTOCOL_ERROR, Words.clean(said), failure);
  }

  /**
   * Returns the error of a node that hung up after the handshake, before its first answer: in TLS
   * 1.3 our certificate is looked at only then, and the alert can be lost with the socket.
   */
  public static TlsFailed closedEarly(String node, Throwable failure) {
    return new TlsFailed(
        node,
        Kind.CLOSED,
        "it hung up after the handshake, before its first answer; a node that asks for certificates"
            + " of clients (require_client_auth) does so when ours is missing or not trusted",
        failure);
  }

  private static String closed(Throwable failure, boolean hasKey) {
    IOException io = find(IOException.class, failure);
    String how = io == null || io.getMessage() == null ? "" : " (%s)".formatted(io.getMessage());
    return "no reason given%s; a port without TLS does so, and a node that asks for certificates of"
            .formatted(Words.clean(how))
        + " clients when "
        + (hasKey ? "it does not trust ours" : "there is none");
  }

  private static boolean has(String words, String... parts) {
    for (String part : parts) {
      if (words.contains(part)) {
        return true;
      }
    }
    return false;
  }

  private static <T extends Throwable> @Nullable T find(Class<T> type, Throwable failure) {
    Throwable at = failure;
    for (int depth = 0; at != null && depth < MAX_DEPTH; depth++) {
      if (type.isInstance(at)) {
        return type.cast(at);
      }
      for (Throwable beside : at.getSuppressed()) {
        if (type.isInstance(beside)) {
          return type.cast(beside);
        }
      }
      at = at.getCause();
    }
    return null;
  }
}
