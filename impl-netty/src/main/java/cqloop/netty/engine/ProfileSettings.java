package cqloop.netty.engine;

import cqloop.Consistency;
import cqloop.netty.message.QueryParameters;
import org.jspecify.annotations.Nullable;

/**
 * Value. What an execution profile sets, with what it leaves open taken from the default profile.
 *
 * @param name name of the profile
 * @param index place of the profile in the tables of its session
 * @param parameters the parameters of a request that sets none itself
 * @param idempotent whether statements that do not say may be executed twice
 * @param timeoutNanos limit of a request with all its attempts, 0 for none
 * @param attemptTimeoutNanos limit of one attempt, 0 for none
 * @param maxAttempts attempts that one request may make, 1 or more
 * @param tracing whether the server traces requests that do not say
 * @param streamPageSize rows per page of streams that set no page size
 */
public record ProfileSettings(
    String name,
    int index,
    QueryParameters parameters,
    boolean idempotent,
    long timeoutNanos,
    long attemptTimeoutNanos,
    int maxAttempts,
    boolean tracing,
    int streamPageSize) {

  /** Returns how many replicas must answer. */
  public Consistency consistency() {
    return parameters.consistency();
  }

  /** Returns the consistency of the Paxos phase, or null for that of the server. */
  public @Nullable Consistency serialConsistency() {
    return parameters.serialConsistency();
  }
}
