package cqloop;

import io.vertx.codegen.annotations.VertxGen;

/** Value. The versions of TLS that the driver speaks; older ones are broken (RFC 8996). */
@VertxGen
public enum TlsVersion {
  /** RFC 5246. */
  TLS_1_2,
  /** RFC 8446. */
  TLS_1_3
}
