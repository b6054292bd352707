package cqloop.metrics;

/**
 * Value. How often something happens in a second.
 *
 * @param mean since the session was opened
 * @param oneMinute with most weight on the last minute
 * @param fiveMinutes with most weight on the last five minutes
 * @param fifteenMinutes with most weight on the last fifteen minutes
 */
public record RateMetrics(
    double mean, double oneMinute, double fiveMinutes, double fifteenMinutes) {}
