package cqloop.netty.exec;

import cqloop.error.ConnectionClosed;
import cqloop.error.CqlException;
import cqloop.error.Overloaded;
import cqloop.error.ReadFailure;
import cqloop.error.ReadTimeout;
import cqloop.error.RequestTimeout;
import cqloop.error.ServerError;
import cqloop.error.TruncateError;
import cqloop.error.Unavailable;
import cqloop.error.WriteFailure;
import cqloop.error.WriteTimeout;

/** Value. Which failures a retry policy is asked about; all others are the caller's. Rules 2.10. */
final class RetryRules {

  private RetryRules() {}

  /**
   * Tells whether it is open to repeat the request: always after a failure that shows it had no
   * effect, and after one that may hide an effect only where repeating changes nothing.
   */
  static boolean isOpen(CqlException error, boolean idempotent) {
    if (error instanceof Unavailable || error instanceof ReadTimeout) {
      return true;
    }
    return idempotent
        && (error instanceof WriteTimeout
            || error instanceof Overloaded
            || error instanceof ServerError
            || error instanceof TruncateError
            || error instanceof ReadFailure
            || error instanceof WriteFailure
            || error instanceof ConnectionClosed
            || error instanceof RequestTimeout);
  }
}
