package cqloop.error;

/** The session is closed or closing and takes no more requests, or gave up those in flight. */
public final class SessionClosed extends CqlException {

  private final boolean inFlight;

  /**
   * @param inFlight whether the request had been sent when the session gave it up
   */
  public SessionClosed(boolean inFlight) {
    super(
        inFlight
            ? "Session closed before the answer to the request came"
            : "Session is closed: the request was not sent");
    this.inFlight = inFlight;
  }

  @Override
  public boolean mayHaveBeenExecuted() {
    return inFlight || super.mayHaveBeenExecuted();
  }
}
