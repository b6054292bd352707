package cqloop.netty.pool.planted;

/** Breaks the rule that time and chance come from outside. */
public final class AsksTheMachine {
  /** A result that no simulation can repeat. */
  public static double anything() {
    return System.currentTimeMillis() * Math.random();
  }
}
