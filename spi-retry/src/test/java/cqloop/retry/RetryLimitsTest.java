package cqloop.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import cqloop.error.Overloaded;
import cqloop.error.SyntaxError;
import cqloop.spi.RetryDecision;
import cqloop.spi.RetryPolicy;
import cqloop.spi.RetryVerdict;
import cqloop.testkit.tck.TckContext;
import cqloop.testkit.tck.TckFailure;
import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RetryLimitsTest {

  private static final TckFailure OVERLOADED = TckFailure.of(new Overloaded("x")).idempotent();

  @Test
  void stopsAtTheCapOfAttempts() {
    RetryPolicy policy = policy(new JsonObject().put("maxAttempts", 3));
    assertThat(policy.onFailure(OVERLOADED.after(0))).isSameAs(RetryVerdict.RETRY_NEXT);
    assertThat(policy.onFailure(OVERLOADED.after(1))).isSameAs(RetryVerdict.RETRY_NEXT);
    assertThat(policy.onFailure(OVERLOADED.after(2))).isSameAs(RetryVerdict.RETHROW);
  }

  @Test
  void stopsAtTenAttemptsUnlessTold() {
    RetryPolicy policy = policy(new JsonObject());
    assertThat(policy.onFailure(OVERLOADED.after(8))).isSameAs(RetryVerdict.RETRY_NEXT);
    assertThat(policy.onFailure(OVERLOADED.after(9))).isSameAs(RetryVerdict.RETHROW);
  }

  @Test
  void neverRetriesWhenOneAttemptIsAllowed() {
    assertThat(policy(new JsonObject().put("maxAttempts", 1)).onFailure(OVERLOADED))
        .isSameAs(RetryVerdict.RETHROW);
  }

  @Test
  void doublesTheDelayUpToTheLimit() {
    RetryPolicy policy =
        policy(new JsonObject().put("baseDelay", 10).put("maxDelay", 50).put("jitter", 0));
    assertThat(policy.onFailure(OVERLOADED.after(0)).delayMillis()).isEqualTo(10);
    assertThat(policy.onFailure(OVERLOADED.after(1)).delayMillis()).isEqualTo(20);
    assertThat(policy.onFailure(OVERLOADED.after(2)).delayMillis()).isEqualTo(40);
    assertThat(policy.onFailure(OVERLOADED.after(3)))
        .isEqualTo(new RetryVerdict(RetryDecision.RETRY_NEXT, 50, null));
  }

  @Test
  void shortensTheDelayByChanceWithinTheJitter() {
    RetryPolicy policy =
        policy(new JsonObject().put("baseDelay", 100).put("maxDelay", 100).put("jitter", 20));
    Set<Long> seen = new HashSet<>();
    for (int i = 0; i < 1000; i++) {
      seen.add(policy.onFailure(OVERLOADED).delayMillis());
    }
    assertThat(seen).hasSize(21).allMatch(delay -> delay >= 80 && delay <= 100);
  }

  @Test
  void doesNotOverflowWithTheLongestDelays() {
    RetryDelay delay = new RetryDelay(604_800_000, 604_800_000, 100, TckContext.create().random());
    for (int retries = 0; retries < 1000; retries++) {
      assertThat(delay.millis(retries)).isBetween(0L, 604_800_000L);
    }
  }

  @Test
  void spendsTheBudgetAndRefillsItWithTime() {
    TckContext context = TckContext.create(new JsonObject().put("budget", 2).put("budgetBurst", 3));
    RetryPolicy policy = new DefaultRetryProvider().create(context);
    assertThat(retriesOf(policy)).isEqualTo(3);
    context.advanceMillis(499);
    assertThat(retriesOf(policy)).isZero();
    context.advanceMillis(1);
    assertThat(retriesOf(policy)).isEqualTo(1);
    context.advanceMillis(3_600_000);
    assertThat(retriesOf(policy)).isEqualTo(3);
  }

  @Test
  void takesNoTokenForWhatIsNotRetried() {
    TckContext context =
        TckContext.create(
            new JsonObject().put("budget", 1).put("budgetBurst", 1).put("maxAttempts", 2));
    RetryPolicy policy = new DefaultRetryProvider().create(context);
    for (int i = 0; i < 100; i++) {
      assertThat(policy.onFailure(TckFailure.of(new SyntaxError("x"))))
          .isSameAs(RetryVerdict.RETHROW);
      assertThat(policy.onFailure(OVERLOADED.after(1))).isSameAs(RetryVerdict.RETHROW);
    }
    assertThat(policy.onFailure(OVERLOADED)).isSameAs(RetryVerdict.RETRY_NEXT);
    assertThat(policy.onFailure(OVERLOADED)).isSameAs(RetryVerdict.RETHROW);
  }

  @Test
  void refusesALimitBelowTheBase() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> policy(new JsonObject().put("baseDelay", 100).put("maxDelay", 99)))
        .withMessage(
            "'maxDelay' is '99'; expected milliseconds as a whole number from 100 to 604800000");
  }

  @Test
  void refusesKeysThatItDoesNotHave() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> policy(new JsonObject().put("maxRetries", 3)))
        .withMessageContaining("maxRetries");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new FallthroughRetryProvider()
                    .create(TckContext.create(new JsonObject().put("maxAttempts", 3))))
        .withMessageContaining("maxAttempts");
  }

  private static int retriesOf(RetryPolicy policy) {
    int retries = 0;
    for (int i = 0; i < 10; i++) {
      retries += policy.onFailure(OVERLOADED) == RetryVerdict.RETRY_NEXT ? 1 : 0;
    }
    return retries;
  }

  private static RetryPolicy policy(JsonObject config) {
    return new DefaultRetryProvider().create(TckContext.create(config));
  }
}
