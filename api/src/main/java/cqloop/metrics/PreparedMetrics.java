package cqloop.metrics;

/**
 * Value. The prepared statements that a session remembers by their text.
 *
 * @param hits how often a text was known
 * @param misses how often a text was not known
 * @param evictions how many were forgotten because newer ones took their place
 * @param size how many are known
 */
public record PreparedMetrics(long hits, long misses, long evictions, long size) {}
