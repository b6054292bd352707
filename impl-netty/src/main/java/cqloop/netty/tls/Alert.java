package cqloop.netty.tls;

import cqloop.error.TlsFailed;
import org.jspecify.annotations.Nullable;

/** Value. What a node can say when it ends a handshake. RFC 8446, 6.2; RFC 5246, 7.2.2. */
enum Alert {
  PROTOCOL_VERSION(
      "it speaks none of the versions of TLS that we offer; let it speak TLS 1.2 or 1.3, or lower"
          + " minVersion if that is 1.3"),
  INSUFFICIENT_SECURITY("it wants stronger cipher suites than ours; add some to cipherSuites"),
  NO_APPLICATION_PROTOCOL("it wants a protocol by ALPN, so it is no Cassandra node"),
  UNRECOGNIZED_NAME(
      "it does not know the name that we asked for; correct the contact point or serverNames"),
  CERTIFICATE_REQUIRED,
  CERTIFICATE_EXPIRED,
  CERTIFICATE_REVOKED,
  CERTIFICATE_UNKNOWN,
  UNSUPPORTED_CERTIFICATE,
  BAD_CERTIFICATE,
  NO_CERTIFICATE,
  UNKNOWN_CA,
  ACCESS_DENIED,
  DECRYPT_ERROR("a signature is wrong: a private key that is not that of its certificate"),
  HANDSHAKE_FAILURE;

  private final @Nullable String remedy;

  Alert() {
    this(null);
  }

  Alert(@Nullable String remedy) {
    this.remedy = remedy;
  }

  /** Returns the alert in the message of an engine, in lower case with underscores; or null. */
  static @Nullable Alert in(String words) {
    // JDK: "Received fatal alert: x"; OpenSSL: "SSLV3_ALERT_X", "TLSV1_ALERT_X", "TLSV13_ALERT_X".
    if (!words.contains("alert")) {
      return null;
    }
    for (Alert alert : values()) {
      if (words.contains(alert.said())) {
        return alert;
      }
    }
    return null;
  }

  String said() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }

  TlsFailed.Kind kind() {
    return remedy == null && this != HANDSHAKE_FAILURE
        ? TlsFailed.Kind.CLIENT_REFUSED
        : TlsFailed.Kind.PROTOCOL_ERROR;
  }

  String remedy(boolean hasKey) {
    if (remedy != null) {
      return remedy;
    }
    if (this == HANDSHAKE_FAILURE) {
      return "no cipher suite or signature is common to both; compare cipherSuites with those of"
          + " the node"
          + (hasKey ? "" : ", or set tls.key if it asks for certificates of clients");
    }
    return hasKey
        ? "it does not accept our certificate; is it valid, meant for clients, and issued by an"
            + " authority in the truststore of the node?"
        : "it asks for a certificate of clients (require_client_auth); set tls.key";
  }
}
