package cqloop.error;

import java.time.Duration;
import java.util.UUID;

/** The server has not recorded the trace of a request, or not all of it, in the time allowed. */
public final class TraceNotAvailable extends CqlException {

  private final UUID tracingId;

  public TraceNotAvailable(UUID tracingId, Duration limit) {
    super(
        "No complete trace %s after %s ms; read it again later, or raise traceMaxWait"
            .formatted(tracingId, limit.toMillis()));
    this.tracingId = tracingId;
  }

  /** Returns the id of the trace. */
  public UUID tracingId() {
    return tracingId;
  }
}
