package cqloop.error;

import io.vertx.core.VertxException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The root of every failure that a future of this driver carries. It has no stack trace: where a
 * decoder stood when the server refused a request helps nobody. With {@code request.callerStack} it
 * has that of the call that made the request.
 *
 * <p>A failure of a request tells, besides its message, which attempts were made and whether the
 * request may have been executed. Messages hold neither bound values nor credentials.
 */
public abstract class CqlException extends VertxException implements Cloneable {

  private FailureDetails details = FailureDetails.NONE;

  protected CqlException(String message) {
    this(message, null, true);
  }

  protected CqlException(String message, @Nullable Throwable cause) {
    this(message, cause, true);
  }

  /** For failures that point at code to mend: keeps the stack trace where asked to. */
  protected CqlException(String message, @Nullable Throwable cause, boolean noStackTrace) {
    // Open for a stack trace, which is not taken here: what is closed stays so.
    super(message, cause, false);
    if (!noStackTrace) {
      super.fillInStackTrace();
    }
  }

  /** Takes none: see above. */
  @Override
  @SuppressWarnings("UnsynchronizedOverridesSynchronized") // It does nothing.
  public final Throwable fillInStackTrace() {
    return this;
  }

  /** Returns what kind of trouble this is. */
  public ErrorCategory category() {
    return ErrorCategory.CLIENT;
  }

  /**
   * Hint: tells whether the same request may well succeed when it is sent again, at once to another
   * node or after a pause. Whether it may be repeated at all is another question: see {@link
   * #mayHaveBeenExecuted()} and whether the statement is idempotent.
   */
  public boolean retryable() {
    return category().isPassing();
  }

  /** Returns the attempts that were made before this failure, first to last; may be empty. */
  public final List<AttemptFailure> attempts() {
    return details.attempts();
  }

  /**
   * Tells whether the server may have executed the request. False only where it is certain that it
   * did not: the request was never written, or was refused before execution.
   */
  public boolean mayHaveBeenExecuted() {
    return details.mayHaveBeenExecuted();
  }

  /** Returns what the driver knows of the failed request. */
  public final FailureDetails details() {
    return details;
  }

  /** For the driver: adds what it knows of the failed request, and returns this exception. */
  public final CqlException withDetails(FailureDetails known) {
    this.details = known;
    return this;
  }

  /**
   * For the driver: returns the same failure once more, for one of several that it befell. What is
   * added to one of them is not seen in the others.
   */
  public final CqlException copy() {
    try {
      return (CqlException) clone();
    } catch (CloneNotSupportedException impossible) {
      throw new AssertionError(impossible);
    }
  }

  /** For the driver: returns a copy whose stack trace is this one. */
  public final CqlException withCallerStack(StackTraceElement[] stack) {
    CqlException copy = copy();
    copy.setStackTrace(stack);
    return copy;
  }
}
