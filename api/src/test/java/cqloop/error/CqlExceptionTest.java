package cqloop.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CqlExceptionTest {

  private static final StackTraceElement LINE =
      new StackTraceElement("app.Orders", "load", "Orders.java", 42);

  private final IllegalStateException cause = new IllegalStateException("reset");
  private final CqlException failure = new ConnectionFailed("10.0.0.1:9042", "refused", cause);

  @Test
  void hasNoStackTraceOfItsOwn() {
    assertThat(failure.getStackTrace()).isEmpty();
    assertThat(new SessionClosed(false).getStackTrace()).isEmpty();
  }

  @Test
  void aWrongOptionLeadsToTheLineThatSetIt() {
    StackTraceElement first = new InvalidOptions("port", "must be a number").getStackTrace()[0];
    assertThat(first.getMethodName()).isEqualTo("aWrongOptionLeadsToTheLineThatSetIt");
  }

  @Test
  void theStackOfTheCallerIsPrintedAndTheRestStays() {
    FailureDetails known =
        new FailureDetails("10.0.0.1:9042", List.of(), Duration.ofMillis(3), true, Map.of());
    CqlException told = failure.withDetails(known).withCallerStack(new StackTraceElement[] {LINE});
    assertThat(told).isExactlyInstanceOf(ConnectionFailed.class).hasMessage(failure.getMessage());
    assertThat(told).hasCause(cause);
    assertThat(told.details()).isSameAs(known);
    assertThat(told).hasStackTraceContaining("at app.Orders.load(Orders.java:42)");
    assertThat(told).hasStackTraceContaining("Caused by: java.lang.IllegalStateException: reset");
  }

  @Test
  void thoseWhoShareAFailureDoNotSeeWhatOthersAddToIt() {
    CqlException one = failure.withCallerStack(new StackTraceElement[] {LINE});
    CqlException other = failure.copy();
    other.withDetails(new FailureDetails(null, List.of(), Duration.ofMillis(9), true, Map.of()));
    other.addSuppressed(cause);
    assertThat(failure.getStackTrace()).isEmpty();
    assertThat(failure.getSuppressed()).isEmpty();
    assertThat(failure.mayHaveBeenExecuted()).isFalse();
    assertThat(one.details()).isSameAs(FailureDetails.NONE);
    assertThat(other.getStackTrace()).isEmpty();
  }
}
