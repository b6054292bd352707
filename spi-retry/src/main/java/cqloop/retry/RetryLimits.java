package cqloop.retry;

import cqloop.spi.PolicyConfig;
import cqloop.spi.PolicyContext;
import cqloop.spi.RetryPolicy;

/** Value. The keys that the retrying policies have in common. */
final class RetryLimits {

  static final int DEFAULT_MAX_ATTEMPTS = 10;
  static final int DEFAULT_BUDGET_BURST = 100;
  static final long DEFAULT_MAX_DELAY_MILLIS = 1000;
  static final int DEFAULT_JITTER_PERCENT = 50;

  private RetryLimits() {}

  /** Returns the policy within the limits that its configuration gives. */
  static RetryPolicy apply(RetryPolicy policy, PolicyContext context) {
    PolicyConfig config =
        PolicyConfig.of(
            context,
            "maxAttempts",
            "baseDelay",
            "maxDelay",
            "jitter",
            "budget",
            "budgetPercent",
            "budgetBurst");
    int maxAttempts = config.number("maxAttempts", DEFAULT_MAX_ATTEMPTS, 1, 1000);
    long baseDelay = config.millis("baseDelay", 0, 0, PolicyConfig.MAX_MILLIS);
    long maxDelay =
        config.millis(
            "maxDelay",
            Math.max(baseDelay, DEFAULT_MAX_DELAY_MILLIS),
            baseDelay,
            PolicyConfig.MAX_MILLIS);
    int jitter = config.number("jitter", DEFAULT_JITTER_PERCENT, 0, 100);
    double perSecond = config.decimal("budget", 0, 0, 1e9);
    double percent = config.decimal("budgetPercent", 0, 0, 100);
    int burst = config.number("budgetBurst", DEFAULT_BUDGET_BURST, 1, 1_000_000_000);
    return new LimitedRetry(
        policy,
        maxAttempts,
        new RetryDelay(baseDelay, maxDelay, jitter, context.random()),
        new RetryBudget(perSecond, burst, context::nanoTime),
        new RetryShare(percent, burst));
  }
}
