package cqloop.bench.spi;

/** Where a client reports the end of one request: exactly one of the two, once. */
public interface Completion {
  /** The answer is there; {@code right} tells whether every value in it was the expected one. */
  void complete(boolean right);

  /** The request failed. */
  void fail(Throwable cause);
}
