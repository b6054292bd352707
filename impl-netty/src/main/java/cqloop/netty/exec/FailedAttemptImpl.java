package cqloop.netty.exec;

import cqloop.Consistency;
import cqloop.metadata.Node;
import cqloop.spi.FailedAttempt;

/** Value. What a retry policy is told. */
record FailedAttemptImpl(
    Throwable error,
    Node node,
    boolean isIdempotent,
    Consistency consistency,
    int retries,
    long elapsedNanos)
    implements FailedAttempt {}
