package cqloop;

import io.vertx.codegen.annotations.VertxGen;

/** Value. What is checked of the certificate of a node before anything is sent to it. */
@VertxGen
public enum TlsVerification {
  /** Nothing: whoever stands between us and the node can read and change everything. */
  NONE,
  /**
   * An authority that we trust has signed it. It may be the certificate of any other machine that
   * this authority knows.
   */
  PEER_CERT,
  /** As {@link #PEER_CERT}, and it names the IP address that the connection leads to. */
  PEER_IDENTITY,
  /** As {@link #PEER_CERT}, and it names the host name by which we know the node. */
  PEER_IDENTITY_DNS,
  /**
   * As {@link #PEER_IDENTITY_DNS} where we know the node by a name, as {@link #PEER_IDENTITY} where
   * we know it by its address only.
   */
  PEER_HOST
}
