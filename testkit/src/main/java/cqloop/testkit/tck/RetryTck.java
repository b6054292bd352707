package cqloop.testkit.tck;

import static org.assertj.core.api.Assertions.assertThat;

import cqloop.Consistency;
import cqloop.error.AlreadyExists;
import cqloop.error.CasWriteUnknown;
import cqloop.error.ConfigError;
import cqloop.error.ConnectionClosed;
import cqloop.error.CqlException;
import cqloop.error.InvalidQuery;
import cqloop.error.IsBootstrapping;
import cqloop.error.Overloaded;
import cqloop.error.RateLimitReached;
import cqloop.error.ReadTimeout;
import cqloop.error.ServerError;
import cqloop.error.SyntaxError;
import cqloop.error.TruncateError;
import cqloop.error.Unauthorized;
import cqloop.error.Unavailable;
import cqloop.error.UnknownServerError;
import cqloop.error.WriteTimeout;
import cqloop.error.WriteType;
import cqloop.spi.RetryDecision;
import cqloop.spi.RetryPolicy;
import cqloop.spi.RetryVerdict;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Owned by one test. What every retry policy must keep to, whatever it decides. */
public abstract class RetryTck {

  /** More attempts than any request needs: a policy that still wants more never ends. */
  private static final int ENDLESS = 10_000;

  private static final long LONGEST_DELAY_MILLIS = 24L * 60 * 60 * 1000;

  /** Returns the policy as a session has it, new for each call. */
  protected abstract RetryPolicy policy();

  @Test
  public void neverRepeatsAWriteThatMayHaveRunAndIsNotIdempotent() {
    RetryPolicy policy = policy();
    for (CqlException error : mayHaveRun()) {
      for (int retries = 0; retries < 3; retries++) {
        RetryVerdict verdict = policy.onFailure(TckFailure.of(error).after(retries));
        assertThat(repeats(verdict)).as("%s for %s", verdict, error).isFalse();
      }
    }
  }

  @Test
  public void endsEveryRequest() {
    for (CqlException error : all()) {
      RetryPolicy policy = policy();
      int retries = 0;
      while (retries < ENDLESS
          && repeats(policy.onFailure(TckFailure.of(error).idempotent().after(retries)))) {
        retries++;
      }
      assertThat(retries).as("retries after %s", error).isLessThan(ENDLESS);
    }
  }

  @Test
  public void neverRepeatsWhatMustFailAgain() {
    RetryPolicy policy = policy();
    for (CqlException error : faultOfTheRequest()) {
      RetryVerdict verdict = policy.onFailure(TckFailure.of(error).idempotent());
      assertThat(verdict.decision()).as("for %s", error).isEqualTo(RetryDecision.RETHROW);
    }
  }

  @Test
  public void neverTurnsAFailedReadIntoNoRows() {
    RetryPolicy policy = policy();
    for (int received = 0; received <= 3; received++) {
      for (boolean data : new boolean[] {true, false}) {
        ReadTimeout error = new ReadTimeout("", Consistency.QUORUM, received, 2, data);
        assertThat(policy.onFailure(TckFailure.of(error).idempotent()).decision())
            .as("for %s", error)
            .isNotEqualTo(RetryDecision.IGNORE);
      }
    }
  }

  @Test
  public void givesVerdictsThatCanBeCarriedOut() {
    RetryPolicy policy = policy();
    for (CqlException error : all()) {
      for (int retries : new int[] {0, 1, 5, 100, Integer.MAX_VALUE - 1}) {
        for (Consistency consistency : Consistency.values()) {
          TckFailure failure = TckFailure.of(error).idempotent().at(consistency).after(retries);
          check(policy.onFailure(failure), failure);
        }
      }
    }
  }

  @Test
  public void takesErrorsThatItDoesNotKnow() {
    RetryPolicy policy = policy();
    for (Throwable error :
        List.of(new IllegalStateException(), new UnknownServerError(0x7777, "new"))) {
      TckFailure failure = TckFailure.of(error);
      check(policy.onFailure(failure), failure);
      assertThat(repeats(policy.onFailure(failure))).isFalse();
    }
  }

  @Test
  public void successesOfAnyNodeDoNotMakeItEndless() {
    RetryPolicy policy = policy();
    for (int i = 0; i < ENDLESS; i++) {
      policy.onSuccess(TckNodes.node(i % 300, "dc1", "r1"));
    }
    for (CqlException error : mayHaveRun()) {
      assertThat(repeats(policy.onFailure(TckFailure.of(error)))).as("for %s", error).isFalse();
    }
    int retries = 0;
    CqlException error = new Overloaded("x");
    while (retries < ENDLESS
        && repeats(policy.onFailure(TckFailure.of(error).idempotent().after(retries)))) {
      retries++;
    }
    assertThat(retries).isLessThan(ENDLESS);
  }

  private static void check(RetryVerdict verdict, TckFailure failure) {
    assertThat(verdict).as("verdict for %s", failure).isNotNull();
    assertThat(verdict.delayMillis()).isBetween(0L, LONGEST_DELAY_MILLIS);
    if (verdict.consistency() != null) {
      assertThat(repeats(verdict)).as("%s asks nobody again", verdict).isTrue();
      assertThat(verdict.consistency().isSerial()).as("%s is for Paxos only", verdict).isFalse();
    }
  }

  private static boolean repeats(RetryVerdict verdict) {
    return verdict.decision() == RetryDecision.RETRY_SAME
        || verdict.decision() == RetryDecision.RETRY_NEXT;
  }

  private static List<CqlException> mayHaveRun() {
    List<CqlException> errors = new ArrayList<>();
    for (String type :
        List.of(
            WriteType.SIMPLE,
            WriteType.BATCH,
            WriteType.UNLOGGED_BATCH,
            WriteType.COUNTER,
            WriteType.BATCH_LOG,
            WriteType.CAS,
            WriteType.VIEW,
            WriteType.CDC,
            "NEW_TYPE")) {
      for (int received = 0; received < 2; received++) {
        errors.add(new WriteTimeout("", Consistency.LOCAL_QUORUM, received, 2, type));
      }
    }
    errors.add(new CasWriteUnknown("", Consistency.SERIAL, 1, 2));
    errors.add(new ServerError("x"));
    errors.add(new Overloaded("x"));
    errors.add(new TruncateError("x"));
    errors.add(new ConnectionClosed("10.0.0.1:9042", "reset", true, null));
    return errors;
  }

  private static List<CqlException> faultOfTheRequest() {
    return List.of(
        new SyntaxError("x"),
        new InvalidQuery("x"),
        new Unauthorized("x"),
        new ConfigError("x"),
        new AlreadyExists("x", "ks", "t"),
        new RateLimitReached(0x4321, "x", true, true));
  }

  private static List<CqlException> all() {
    List<CqlException> errors = new ArrayList<>(mayHaveRun());
    errors.addAll(faultOfTheRequest());
    for (int received = 0; received <= 4; received++) {
      errors.add(new ReadTimeout("", Consistency.QUORUM, received, 2, true));
      errors.add(new ReadTimeout("", Consistency.QUORUM, received, 2, false));
      errors.add(new Unavailable("", Consistency.EACH_QUORUM, 5, received));
      errors.add(new Unavailable("", Consistency.SERIAL, 5, received));
    }
    errors.add(new IsBootstrapping("x"));
    return errors;
  }
}
