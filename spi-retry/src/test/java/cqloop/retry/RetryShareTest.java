package cqloop.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import cqloop.error.Overloaded;
import cqloop.metadata.Node;
import cqloop.spi.RetryPolicy;
import cqloop.spi.RetryVerdict;
import cqloop.testkit.tck.TckContext;
import cqloop.testkit.tck.TckFailure;
import cqloop.testkit.tck.TckNodes;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

/** The budget of retries as a share of what a node is asked. */
class RetryShareTest {

  private static final Node ONE = TckNodes.node(0, "dc1", "r1");
  private static final Node OTHER = TckNodes.node(70, "dc1", "r1");
  private static final TckFailure OVERLOADED = TckFailure.of(new Overloaded("x")).idempotent();

  private final TckContext context =
      TckContext.create(new JsonObject().put("budgetPercent", 10).put("budgetBurst", 5));
  private final RetryPolicy policy = new DefaultRetryProvider().create(context);

  @Test
  void oneInTenAttemptsIsRepeatedWhenTheBurstIsSpent() {
    spend();
    // 100 more attempts, all of which fail: each pays a tenth of a retry.
    assertThat(failures(ONE, 100)).isEqualTo(10);
  }

  @Test
  void timeAloneGivesNothing() {
    spend();
    context.advanceMillis(3_600_000);
    assertThat(failures(ONE, 9)).isZero();
    assertThat(failures(ONE, 1)).isEqualTo(1);
  }

  @Test
  void successesPayForRetries() {
    spend();
    successes(ONE, 30);
    assertThat(failures(ONE, 5)).isEqualTo(3);
  }

  @Test
  void aQuietTimeWithManySuccessesSavesNoMoreThanTheBurst() {
    successes(ONE, 100_000);
    assertThat(failures(ONE, 9)).isEqualTo(5);
  }

  @Test
  void eachNodeHasItsOwn() {
    spend();
    assertThat(failures(OTHER, 5)).isEqualTo(5);
    successes(OTHER, 1000);
    assertThat(failures(ONE, 5)).isZero();
  }

  @Test
  void theBudgetPerSecondHoldsAsWell() {
    TckContext both =
        TckContext.create(
            new JsonObject().put("budgetPercent", 100).put("budget", 1).put("budgetBurst", 2));
    RetryPolicy limited = new DefaultRetryProvider().create(both);
    for (int i = 0; i < 2; i++) {
      assertThat(limited.onFailure(OVERLOADED)).isSameAs(RetryVerdict.RETRY_NEXT);
    }
    assertThat(limited.onFailure(OVERLOADED)).isSameAs(RetryVerdict.RETHROW);
    both.advanceMillis(1000);
    assertThat(limited.onFailure(OVERLOADED)).isSameAs(RetryVerdict.RETRY_NEXT);
  }

  @Test
  void withoutAShareAllAreRepeated() {
    RetryPolicy free = new DefaultRetryProvider().create(TckContext.create());
    for (int i = 0; i < 1000; i++) {
      assertThat(free.onFailure(OVERLOADED)).isSameAs(RetryVerdict.RETRY_NEXT);
    }
  }

  @Test
  void refusesMoreThanAHundredPercent() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new DefaultRetryProvider()
                    .create(TckContext.create(new JsonObject().put("budgetPercent", 101))))
        .withMessageContaining("budgetPercent");
  }

  /** Uses up the burst of 5 and what the failures themselves pay: 9 more, and nothing is left. */
  private void spend() {
    assertThat(failures(ONE, 91)).isEqualTo(14);
  }

  private void successes(Node node, int count) {
    for (int i = 0; i < count; i++) {
      policy.onSuccess(node);
    }
  }

  /** Returns how many of so many failures are followed by a retry. */
  private int failures(Node node, int count) {
    int retries = 0;
    for (int i = 0; i < count; i++) {
      retries += policy.onFailure(OVERLOADED.on(node)) == RetryVerdict.RETRY_NEXT ? 1 : 0;
    }
    return retries;
  }
}
