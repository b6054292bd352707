package cqloop.netty.codec;

/**
 * Value. A Java value, or the bytes of a CQL value, do not fit. The message says why and never
 * shows the value; whoever knows the column makes a {@link cqloop.error.CodecFailed} of it.
 */
final class BadValue extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String problem;

  BadValue(String problem) {
    super(problem, null, false, false);
    this.problem = problem;
  }

  /** Returns the message. */
  String problem() {
    return problem;
  }

  /** The value has another number of bytes than its CQL type allows. */
  static BadValue length(int actual, long expected) {
    return new BadValue("it has %s bytes instead of %s".formatted(actual, expected));
  }
}
