package cqloop.error;

/** Value. What kind of trouble a failure is: a hint for alarms, metrics and repeating. */
public enum ErrorCategory {
  /** The request, the options or the use of the API is at fault: sent again it fails again. */
  CLIENT(false),
  /** A server failed while it worked on the request. */
  SERVER(false),
  /** A connection could not be opened or was lost. */
  TRANSPORT(true),
  /** Somebody is not who he says, or may not do what he asks. */
  AUTH(false),
  /** An answer did not come in time. */
  TIMEOUT(true),
  /** A server or this driver has more work than it may take. */
  BUSY(true);

  private final boolean passing;

  ErrorCategory(boolean passing) {
    this.passing = passing;
  }

  /** Tells whether trouble of this kind usually passes by itself. */
  public boolean isPassing() {
    return passing;
  }
}
