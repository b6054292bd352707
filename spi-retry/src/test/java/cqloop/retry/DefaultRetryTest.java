package cqloop.retry;

import static org.assertj.core.api.Assertions.assertThat;

import cqloop.Consistency;
import cqloop.error.ConnectionClosed;
import cqloop.error.IsBootstrapping;
import cqloop.error.Overloaded;
import cqloop.error.ReadTimeout;
import cqloop.error.RequestTimeout;
import cqloop.error.ServerError;
import cqloop.error.TruncateError;
import cqloop.error.Unavailable;
import cqloop.error.WriteTimeout;
import cqloop.error.WriteType;
import cqloop.spi.RetryVerdict;
import cqloop.testkit.tck.TckFailure;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class DefaultRetryTest {

  private final DefaultRetry policy = new DefaultRetry();

  @Test
  void readsOnceMoreWhenOnlyTheDataAreMissing() {
    assertThat(verdict(read(2, 2, false), false, 0)).isSameAs(RetryVerdict.RETRY_SAME);
    assertThat(verdict(read(3, 2, false), false, 0)).isSameAs(RetryVerdict.RETRY_SAME);
    assertThat(verdict(read(2, 2, false), false, 1)).isSameAs(RetryVerdict.RETHROW);
    assertThat(verdict(read(2, 2, true), false, 0)).isSameAs(RetryVerdict.RETHROW);
    assertThat(verdict(read(1, 2, false), false, 0)).isSameAs(RetryVerdict.RETHROW);
  }

  @Test
  void repeatsASerialReadOnlyWhenIdempotent() {
    TckFailure failure = TckFailure.of(read(2, 2, false)).at(Consistency.LOCAL_SERIAL);
    assertThat(policy.onFailure(failure)).isSameAs(RetryVerdict.RETHROW);
    assertThat(policy.onFailure(failure.idempotent())).isSameAs(RetryVerdict.RETRY_SAME);
  }

  @Test
  void writesOnceMoreWhenTheBatchLogTimedOut() {
    assertThat(verdict(write(WriteType.BATCH_LOG), true, 0)).isSameAs(RetryVerdict.RETRY_SAME);
    assertThat(verdict(write(WriteType.BATCH_LOG), true, 1)).isSameAs(RetryVerdict.RETHROW);
    assertThat(verdict(write(WriteType.BATCH_LOG), false, 0)).isSameAs(RetryVerdict.RETHROW);
    for (String type : List.of("SIMPLE", "BATCH", "UNLOGGED_BATCH", "COUNTER", "CAS", "NEW")) {
      assertThat(verdict(write(type), true, 0)).as(type).isSameAs(RetryVerdict.RETHROW);
    }
  }

  @Test
  void triesTheNextNodeOnceWhenReplicasAreUnavailable() {
    Unavailable error = new Unavailable("", Consistency.QUORUM, 2, 1);
    assertThat(verdict(error, false, 0)).isSameAs(RetryVerdict.RETRY_NEXT);
    assertThat(verdict(error, true, 1)).isSameAs(RetryVerdict.RETHROW);
  }

  @Test
  void triesTheNextNodeWhenOneNodeIsInTroubleAndTheRequestIsIdempotent() {
    for (Throwable error :
        List.of(
            new Overloaded("x"),
            new ServerError("x"),
            new TruncateError("x"),
            new ConnectionClosed("n", "reset", true, null),
            new RequestTimeout(Duration.ofMillis(9), Duration.ofMillis(9), List.of("n"), 1))) {
      for (int retries = 0; retries < 5; retries++) {
        assertThat(verdict(error, true, retries)).isSameAs(RetryVerdict.RETRY_NEXT);
        assertThat(verdict(error, false, retries)).isSameAs(RetryVerdict.RETHROW);
      }
    }
  }

  @Test
  void leavesANodeThatIsBootstrapping() {
    assertThat(verdict(new IsBootstrapping("x"), false, 3)).isSameAs(RetryVerdict.RETRY_NEXT);
  }

  private RetryVerdict verdict(Throwable error, boolean idempotent, int retries) {
    TckFailure failure = TckFailure.of(error).after(retries);
    return policy.onFailure(idempotent ? failure.idempotent() : failure);
  }

  private static ReadTimeout read(int received, int required, boolean data) {
    return new ReadTimeout("", Consistency.QUORUM, received, required, data);
  }

  private static WriteTimeout write(String type) {
    return new WriteTimeout("", Consistency.QUORUM, 1, 2, type);
  }
}
