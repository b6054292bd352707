package cqloop;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class QueryTraceTest {

  /** Faults H14: Cassandra records the bound values of a traced request. */
  @Test
  void textHasNoBoundValue() {
    QueryTrace.Event event =
        new QueryTrace.Event("reads 'c4nary'", Instant.EPOCH, null, Duration.ZERO, "main");
    QueryTrace trace =
        new QueryTrace(
            new UUID(0, 1),
            "Execute CQL3 prepared query",
            Duration.ofMillis(3),
            null,
            Map.of("bound_var_0_k", "'c4nary'"),
            null,
            List.of(event));
    assertThat(trace.toString())
        .contains(trace.tracingId().toString(), "PT0.003S", "1 parameters, 1 events")
        .doesNotContain("c4nary");
  }
}
