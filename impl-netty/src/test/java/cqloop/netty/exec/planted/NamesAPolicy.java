package cqloop.netty.exec.planted;

import cqloop.retry.DefaultRetryProvider;

/** Breaks the rule that the driver names no policy. */
public final class NamesAPolicy {
  /** A policy that no option chose. */
  public static Object policy() {
    return new DefaultRetryProvider();
  }
}
