package cqloop.netty.conn.planted;

import io.vertx.core.internal.CloseFuture;

/** Breaks the rule of Vert.x's internals. */
public final class UsesInternals {
  /** An internal type outside the package for them. */
  public static Object internal() {
    return new CloseFuture();
  }
}
