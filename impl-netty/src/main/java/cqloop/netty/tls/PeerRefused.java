package cqloop.netty.tls;

import cqloop.error.TlsFailed;
import java.security.cert.CertificateException;
import org.jspecify.annotations.Nullable;

/** Value. Why the certificate of the other side is refused, in words that say what to do. */
final class PeerRefused extends CertificateException {

  private static final long serialVersionUID = 1;

  private final TlsFailed.Kind kind;

  PeerRefused(TlsFailed.Kind kind, String problem, @Nullable Throwable cause) {
    super(problem, cause);
    this.kind = kind;
  }

  TlsFailed.Kind kind() {
    return kind;
  }
}
