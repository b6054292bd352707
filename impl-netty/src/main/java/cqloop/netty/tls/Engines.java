package cqloop.netty.tls;

import cqloop.TlsEngine;
import cqloop.TlsOptions;
import cqloop.error.TlsFailed;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslProvider;
import java.util.List;

/** Value. Chooses what speaks TLS. */
final class Engines {

  /** The suites of TLS 1.3 that BoringSSL has; it offers all of them, whatever it is told. */
  private static final List<String> BORING_SUITES =
      List.of("TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256");

  private Engines() {}

  /**
   * Returns the engine for these options.
   *
   * @throws TlsFailed when it is not there, or cannot do what the options ask for
   */
  static SslProvider provider(TlsOptions options) {
    if (options.getEngine() == TlsEngine.JDK
        || options.getEngine() == TlsEngine.AUTO && !(OpenSsl.isAvailable() && canLimit(options))) {
      return SslProvider.JDK;
    }
    if (!OpenSsl.isAvailable()) {
      Throwable cause = OpenSsl.unavailabilityCause();
      throw new TlsFailed(
          "",
          TlsFailed.Kind.NOT_SUPPORTED,
          "engine OPENSSL: netty-tcnative cannot be loaded (%s); add"
                  .formatted(cause == null ? "no reason given" : cause.getMessage())
              + " io.netty:netty-tcnative-boringssl-static for this platform, or take JDK or AUTO",
          cause);
    }
    if (!canLimit(options)) {
      throw new TlsFailed(
          "",
          TlsFailed.Kind.NOT_SUPPORTED,
          "engine OPENSSL: BoringSSL has the suites of TLS 1.3 all or none; name all of %s in"
                  .formatted(BORING_SUITES)
              + " cipherSuites or none of them, or take engine JDK or AUTO",
          null);
    }
    return SslProvider.OPENSSL;
  }

  /** Tells whether what is offered will be what the options name. */
  private static boolean canLimit(TlsOptions options) {
    List<String> wanted = options.getCipherSuites();
    if (wanted.isEmpty() || !"BoringSSL".equals(OpenSsl.versionString())) {
      return true;
    }
    int named = 0;
    for (String suite : BORING_SUITES) {
      if (wanted.contains(suite)) {
        named++;
      }
    }
    return named == 0 || named == BORING_SUITES.size();
  }
}
