package cqloop;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Value. What the server recorded of one traced request.
 *
 * @param tracingId id of the trace
 * @param requestType kind of request in the words of the server
 * @param duration how long the request took on the server
 * @param coordinator address of the node that coordinated it, null when the server names none
 * @param parameters parameters of the request in the words of the server
 * @param startedAt when it started, null when the server names no time
 * @param events what happened, in the order of time
 */
public record QueryTrace(
    UUID tracingId,
    String requestType,
    Duration duration,
    @Nullable InetAddress coordinator,
    Map<String, String> parameters,
    @Nullable Instant startedAt,
    List<Event> events) {

  public QueryTrace {
    parameters = Map.copyOf(parameters);
    events = List.copyOf(events);
  }

  /** Returns the trace as text, without parameters and events: servers write bound values there. */
  @Override
  public String toString() {
    return "QueryTrace[%s %s, %s at %s, %s parameters, %s events]"
        .formatted(tracingId, requestType, duration, coordinator, parameters.size(), events.size());
  }

  /**
   * Value. One thing that happened.
   *
   * @param activity what, in the words of the server
   * @param at when
   * @param source node on which it happened, null when the server names none
   * @param elapsed time since the request began on that node
   * @param thread thread of the server
   */
  public record Event(
      String activity, Instant at, @Nullable InetAddress source, Duration elapsed, String thread) {}
}
