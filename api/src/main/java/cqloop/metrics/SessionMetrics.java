package cqloop.metrics;

/**
 * Value. The figures of a session at one moment, since it was opened, all event loops together. The
 * loops go on while they are read, so that figures which belong together may differ by the requests
 * of that moment.
 *
 * @param latency how long requests took that were answered, from their start to their answer: with
 *     retries, and with waiting for a throttle or a connection
 * @param rate how many requests are answered in a second
 * @param requests what requests came to
 * @param speculation additional attempts because another one took long
 * @param connections connections, and what they carried
 * @param prepared the prepared statements that the session remembers
 * @param throttle requests that were held back; all 0 without a throttle
 */
public record SessionMetrics(
    LatencyMetrics latency,
    RateMetrics rate,
    RequestMetrics requests,
    SpeculationMetrics speculation,
    ConnectionMetrics connections,
    PreparedMetrics prepared,
    ThrottleMetrics throttle) {}
