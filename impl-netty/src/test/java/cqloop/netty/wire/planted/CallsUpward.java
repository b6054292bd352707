package cqloop.netty.wire.planted;

import cqloop.netty.message.Query;

/** Breaks the rule of the layers. */
public final class CallsUpward {
  /** A lower layer that names a higher one. */
  public static Class<?> upward() {
    return Query.class;
  }
}
