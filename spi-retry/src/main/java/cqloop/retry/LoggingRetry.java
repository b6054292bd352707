package cqloop.retry;

import cqloop.metadata.Node;
import cqloop.spi.FailedAttempt;
import cqloop.spi.RetryPolicy;
import cqloop.spi.RetryVerdict;
import java.util.function.Consumer;

/** Loop-owned. Tells each decision of another policy, with what it was based on. */
final class LoggingRetry implements RetryPolicy {

  private final RetryPolicy policy;
  private final String profile;
  private final Consumer<String> log;

  LoggingRetry(RetryPolicy policy, String profile, Consumer<String> log) {
    this.policy = policy;
    this.profile = profile;
    this.log = log;
  }

  @Override
  public RetryVerdict onFailure(FailedAttempt failure) {
    RetryVerdict verdict = policy.onFailure(failure);
    log.accept(describe(failure, verdict));
    return verdict;
  }

  @Override
  public void onSuccess(Node node) {
    policy.onSuccess(node);
  }

  private String describe(FailedAttempt failure, RetryVerdict verdict) {
    StringBuilder text =
        new StringBuilder(200).append("Retry decision ").append(verdict.decision());
    if (verdict.delayMillis() > 0) {
      text.append(" in ").append(verdict.delayMillis()).append(" ms");
    }
    if (verdict.consistency() != null) {
      text.append(" at ").append(verdict.consistency());
    }
    return text.append(" for a request at ")
        .append(failure.consistency())
        .append(failure.isIdempotent() ? ", idempotent" : ", not idempotent")
        .append(", profile ")
        .append(profile)
        .append(", retried ")
        .append(failure.retries())
        .append(" times, after ")
        .append(failure.elapsedNanos() / 1_000_000)
        .append(" ms: ")
        .append(failure.node().endpoint())
        .append(' ')
        .append(failure.error().getClass().getSimpleName())
        .append(": ")
        .append(failure.error().getMessage())
        .toString();
  }
}
