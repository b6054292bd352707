package cqloop.netty.message;

/** Value. RESULT of a statement that returns nothing. */
public record VoidResult(ResponsePrefix prefix) implements Result {

  /** Without warnings, tracing and payload. */
  static final VoidResult PLAIN = new VoidResult(ResponsePrefix.NONE);
}
