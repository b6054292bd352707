package cqloop.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import cqloop.Consistency;
import cqloop.error.Overloaded;
import cqloop.error.SyntaxError;
import cqloop.spi.RetryDecision;
import cqloop.spi.RetryPolicy;
import cqloop.spi.RetryVerdict;
import cqloop.testkit.tck.TckContext;
import cqloop.testkit.tck.TckFailure;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

class LoggingRetryTest {

  private final List<String> lines = new ArrayList<>();

  @Test
  void tellsEachDecisionWithWhatItIsBasedOn() {
    RetryVerdict wish = new RetryVerdict(RetryDecision.RETRY_SAME, 20, Consistency.ONE);
    LoggingRetry policy = new LoggingRetry(failure -> wish, "reports", lines::add);
    assertThat(policy.onFailure(TckFailure.of(new Overloaded("too many")).idempotent().after(2)))
        .isSameAs(wish);
    assertThat(lines)
        .containsExactly(
            "Retry decision RETRY_SAME in 20 ms at ONE for a request at LOCAL_QUORUM, idempotent,"
                + " profile reports, retried 2 times, after 3 ms: 10.0.0.1:9042 Overloaded: The"
                + " coordinator is overloaded (server error 0x1001). Server says: too many");
  }

  @Test
  void tellsTheErrorsThatGoToTheCallerToo() {
    LoggingRetry policy = new LoggingRetry(new FallthroughRetry(), "default", lines::add);
    assertThat(policy.onFailure(TckFailure.of(new SyntaxError("line 1"))))
        .isSameAs(RetryVerdict.RETHROW);
    assertThat(lines).hasSize(1);
    assertThat(lines.get(0)).startsWith("Retry decision RETHROW for a request").contains("line 1");
  }

  @Test
  void thePolicyHearsOfSuccesses() {
    JsonObject share =
        new JsonObject()
            .put("name", "default")
            .put("config", new JsonObject().put("budgetPercent", 50).put("budgetBurst", 1));
    RetryPolicy policy =
        new LoggingRetryProvider().create(TckContext.create(new JsonObject().put("policy", share)));
    TckFailure failure = TckFailure.of(new Overloaded("x")).idempotent();
    assertThat(policy.onFailure(failure)).isSameAs(RetryVerdict.RETRY_NEXT);
    assertThat(policy.onFailure(failure)).isSameAs(RetryVerdict.RETHROW);
    policy.onSuccess(failure.node());
    assertThat(policy.onFailure(failure)).isSameAs(RetryVerdict.RETRY_NEXT);
  }

  @Test
  void writesAtInfo() {
    List<LogRecord> records = new ArrayList<>();
    Logger logger = Logger.getLogger(LoggingRetryProvider.class.getName());
    Handler handler = new Recorder(records);
    logger.addHandler(handler);
    try {
      assertThat(
              new LoggingRetryProvider()
                  .create(TckContext.create())
                  .onFailure(TckFailure.of(new Overloaded("x")).idempotent()))
          .isSameAs(RetryVerdict.RETRY_NEXT);
    } finally {
      logger.removeHandler(handler);
    }
    assertThat(records).hasSize(1);
    assertThat(records.get(0).getLevel()).isEqualTo(Level.INFO);
    assertThat(records.get(0).getMessage()).startsWith("Retry decision RETRY_NEXT");
  }

  @Test
  void decoratesThePolicyThatIsNamed() {
    JsonObject config =
        new JsonObject()
            .put(
                "policy",
                new JsonObject()
                    .put("name", "default")
                    .put("config", new JsonObject().put("maxAttempts", 1)));
    assertThat(
            new LoggingRetryProvider()
                .create(TckContext.create(config))
                .onFailure(TckFailure.of(new Overloaded("x")).idempotent()))
        .isSameAs(RetryVerdict.RETHROW);
  }

  @Test
  void doesNotDecorateItself() {
    JsonObject config = new JsonObject().put("policy", new JsonObject().put("name", "logging"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LoggingRetryProvider().create(TckContext.create(config)))
        .withMessage("'policy.name' is 'logging'; expected a policy that does not log already");
  }

  private static final class Recorder extends Handler {
    private final List<LogRecord> records;

    Recorder(List<LogRecord> records) {
      this.records = records;
    }

    @Override
    public void publish(LogRecord line) {
      records.add(line);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
