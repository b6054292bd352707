package cqloop.metrics;

import java.time.Duration;

/**
 * Value. How long something took, since the session was opened. Least, greatest and mean are exact;
 * the percentiles are at most 3 % too large. All are 0 when nothing was counted. What takes longer
 * than 73 minutes counts as that.
 *
 * @param count how often it happened
 * @param min the shortest
 * @param max the longest
 * @param mean the average
 * @param stddev how far, in the mean, one is from the average: the standard deviation
 * @param median half took at most so long
 * @param percentile75 75 % took at most so long
 * @param percentile95 95 % took at most so long
 * @param percentile98 98 % took at most so long
 * @param percentile99 99 % took at most so long
 * @param percentile999 99.9 % took at most so long
 */
public record LatencyMetrics(
    long count,
    Duration min,
    Duration max,
    Duration mean,
    Duration stddev,
    Duration median,
    Duration percentile75,
    Duration percentile95,
    Duration percentile98,
    Duration percentile99,
    Duration percentile999) {}
