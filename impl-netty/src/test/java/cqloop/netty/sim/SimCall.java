package cqloop.netty.sim;

import cqloop.RowSet;

/**
 * Value. What is known of a request when it is made, and what becomes of it.
 *
 * @param page which page of a result it asks for, 0 for the first
 */
record SimCall(
    long token, int page, long timeoutNanos, boolean idempotent, Outcome<RowSet> outcome) {

  @Override
  public String toString() {
    return "request " + token + (page == 0 ? "" : " page " + page);
  }
}
