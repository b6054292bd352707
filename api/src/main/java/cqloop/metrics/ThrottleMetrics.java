package cqloop.metrics;

/**
 * Value. The requests that a throttle held back.
 *
 * @param waiting how many wait
 * @param refused how many found as many waiting as may
 */
public record ThrottleMetrics(long waiting, long refused) {}
