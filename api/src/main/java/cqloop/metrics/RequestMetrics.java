package cqloop.metrics;

/**
 * Value. What the requests of a session came to. One of an application counts once, whatever was
 * sent for it; preparing a text that is not known yet is a request.
 *
 * @param answered how many had a result
 * @param failed how many failed, for whatever reason
 * @param running how many have begun and not ended
 * @param timeouts how many of those that failed did so because their time was up
 * @param attemptTimeouts how many attempts were given up because their time was up
 * @param retries how many attempts followed a failed one
 * @param repreparations how often a node had forgotten a statement and was given it again
 */
public record RequestMetrics(
    long answered,
    long failed,
    long running,
    long timeouts,
    long attemptTimeouts,
    long retries,
    long repreparations) {}
