package cqloop.testkit.planted;

import cqloop.netty.message.Query;

/** Breaks the rule that the test tools write the wire format a second time. */
public final class MirrorsTheDriver {
  /** The format under test as its own measure. */
  public static Class<?> format() {
    return Query.class;
  }
}
