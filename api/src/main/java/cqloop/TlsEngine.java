package cqloop;

import io.vertx.codegen.annotations.VertxGen;

/** Value. What speaks TLS. */
@VertxGen
public enum TlsEngine {
  /** The engine of the JDK. */
  JDK,
  /** OpenSSL or BoringSSL through netty-tcnative, which must be on the class path. */
  OPENSSL,
  /**
   * {@link #OPENSSL} where netty-tcnative is on the class path, loads, and can offer no more than
   * the suites that the options name; else {@link #JDK}.
   */
  AUTO
}
