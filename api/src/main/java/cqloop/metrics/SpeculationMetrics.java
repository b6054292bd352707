package cqloop.metrics;

/**
 * Value. What additional attempts came to that were made because another one took long.
 *
 * @param started how many were made
 * @param aborted how long attempts had waited that were given up because another one of the same
 *     request was answered; its count is how many they were
 * @param percentage how many attempts were given up for 100 requests that were answered
 */
public record SpeculationMetrics(long started, LatencyMetrics aborted, double percentage) {}
