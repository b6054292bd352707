package cqloop.retry;

import static org.assertj.core.api.Assertions.assertThat;

import cqloop.Consistency;
import cqloop.error.Overloaded;
import cqloop.error.ReadTimeout;
import cqloop.error.Unavailable;
import cqloop.error.WriteTimeout;
import cqloop.error.WriteType;
import cqloop.spi.RetryDecision;
import cqloop.spi.RetryVerdict;
import cqloop.testkit.tck.TckFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DowngradingRetryTest {

  private final DowngradingRetry policy = new DowngradingRetry();

  @ParameterizedTest
  @CsvSource({"5,THREE", "3,THREE", "2,TWO", "1,ONE"})
  void readsAtWhatTheReplicasCanGive(int received, Consistency expected) {
    assertThat(first(new ReadTimeout("", Consistency.ALL, received, 7, true)))
        .isEqualTo(again(expected));
  }

  @Test
  void givesUpWhenNoReplicaAnswered() {
    assertThat(first(new ReadTimeout("", Consistency.QUORUM, 0, 2, false)))
        .isSameAs(RetryVerdict.RETHROW);
  }

  @Test
  void readsOnceMoreAtTheSameConsistencyWhenOnlyTheDataAreMissing() {
    assertThat(first(new ReadTimeout("", Consistency.QUORUM, 2, 2, false)))
        .isSameAs(RetryVerdict.RETRY_SAME);
  }

  @Test
  void downgradesOnceOnly() {
    for (Throwable error :
        new Throwable[] {
          new ReadTimeout("", Consistency.ALL, 1, 3, false),
          new Unavailable("", Consistency.ALL, 3, 2),
          write(WriteType.SIMPLE, 1)
        }) {
      assertThat(policy.onFailure(TckFailure.of(error).idempotent().after(1)))
          .isSameAs(RetryVerdict.RETHROW);
    }
  }

  @Test
  void neverDowngradesASerialRead() {
    assertThat(first(new ReadTimeout("", Consistency.SERIAL, 1, 2, false)))
        .isSameAs(RetryVerdict.RETHROW);
    assertThat(first(new Unavailable("", Consistency.LOCAL_SERIAL, 2, 1)))
        .isSameAs(RetryVerdict.RETRY_NEXT);
  }

  @Test
  void takesAWriteThatAReplicaHasForDone() {
    assertThat(first(write(WriteType.SIMPLE, 1))).isSameAs(RetryVerdict.IGNORE);
    assertThat(first(write(WriteType.BATCH, 1))).isSameAs(RetryVerdict.IGNORE);
    assertThat(first(write(WriteType.SIMPLE, 0))).isSameAs(RetryVerdict.RETHROW);
    assertThat(first(write(WriteType.COUNTER, 1))).isSameAs(RetryVerdict.RETHROW);
    assertThat(first(write(WriteType.CAS, 1))).isSameAs(RetryVerdict.RETHROW);
  }

  @Test
  void writesAnUnloggedBatchAgainAtLess() {
    assertThat(first(write(WriteType.UNLOGGED_BATCH, 1))).isEqualTo(again(Consistency.ONE));
    assertThat(first(write(WriteType.UNLOGGED_BATCH, 0))).isSameAs(RetryVerdict.RETHROW);
    assertThat(policy.onFailure(TckFailure.of(write(WriteType.UNLOGGED_BATCH, 1))))
        .isSameAs(RetryVerdict.RETHROW);
    assertThat(first(write(WriteType.BATCH_LOG, 0))).isSameAs(RetryVerdict.RETRY_SAME);
  }

  @Test
  void asksForWhatIsAlive() {
    assertThat(first(new Unavailable("", Consistency.QUORUM, 3, 2)))
        .isEqualTo(again(Consistency.TWO));
    assertThat(first(new Unavailable("", Consistency.QUORUM, 3, 0))).isSameAs(RetryVerdict.RETHROW);
    // The number is that of one data centre only.
    assertThat(first(new Unavailable("", Consistency.EACH_QUORUM, 2, 0)))
        .isEqualTo(again(Consistency.ONE));
  }

  @Test
  void leavesOtherErrorsToTheDefault() {
    assertThat(first(new Overloaded("x"))).isSameAs(RetryVerdict.RETRY_NEXT);
  }

  private RetryVerdict first(Throwable error) {
    return policy.onFailure(TckFailure.of(error).idempotent());
  }

  private static RetryVerdict again(Consistency consistency) {
    return new RetryVerdict(RetryDecision.RETRY_SAME, 0, consistency);
  }

  private static WriteTimeout write(String type, int received) {
    return new WriteTimeout("", Consistency.QUORUM, received, 2, type);
  }
}
