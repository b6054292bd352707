package cqloop;

import io.vertx.codegen.annotations.VertxGen;

/** Value. What speaks TLS. */
@VertxGen
public enum TlsEngine {
  /** The engine of the JDK. */
  JDK,
  /** OpenSSL or BoringSSL through netty-tcnative, which must be on the class path. */
  OPENSSL,
  /** {@link #OPENSSL} where netty-tcnative is on the class path and loads, else {@link #JDK}. */
  AUTO
}
