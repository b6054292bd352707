package cqloop.error;

import java.time.Duration;

/**
 * Value. One attempt that failed.
 *
 * @param node address of the node as {@code host:port}
 * @param elapsed time from the start of the attempt to its failure
 * @param error what failed
 */
public record AttemptFailure(String node, Duration elapsed, Throwable error) {}
