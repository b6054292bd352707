package cqloop.retry.planted;

import cqloop.netty.NettyDriver;

/** Breaks the rule that policies see only the API. */
public final class NamesTheDriver {
  /** A policy that knows more than a guest could. */
  public static Class<?> driver() {
    return NettyDriver.class;
  }
}
