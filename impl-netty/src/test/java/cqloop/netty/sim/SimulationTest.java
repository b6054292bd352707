package cqloop.netty.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Sessions over a simulated cluster in virtual time: requests, retries, speculation, pages, batches
 * and prepared statements while nodes are killed, freeze, move and lie. Every seed is another run,
 * after which the invariants I1 to I11 are checked ({@link Invariants}). One that fails prints
 * itself; {@code -Dcqloop.sim.seed=N} runs it alone and shows its trace.
 *
 * <p>{@code -Dcqloop.sim.seeds=N} says how many are run, {@code -Dcqloop.sim.from=N} where to
 * begin. Two million take about an hour on one core:
 *
 * <pre>
 * mvn -pl impl-netty -am test -Dtest=SimulationTest -Dsurefire.failIfNoSpecifiedTests=false \
 *     -Dcqloop.sim.from=1000000 -Dcqloop.sim.seeds=2000000
 * </pre>
 */
class SimulationTest {

  private static final int DEFAULT_SEEDS = 20_000;

  @Test
  void keepsItsPromisesInEveryWeather() {
    Long only = Long.getLong("cqloop.sim.seed");
    if (only != null) {
      run(only, true);
      return;
    }
    long from = Long.getLong("cqloop.sim.from", 0);
    long seeds = Long.getLong("cqloop.sim.seeds", DEFAULT_SEEDS);
    Map<String, Integer> outcomes = new TreeMap<>();
    for (long seed = from; seed < from + seeds; seed++) {
      run(seed, false).countOutcomes(outcomes);
    }
    // Weathers in which nothing happens would prove nothing.
    assertThat(outcomes)
        .as("what became of the requests")
        .containsKeys(
            "rows",
            "PREPARE again",
            "later pages",
            "clusters followed",
            "RequestTimeout",
            "ConnectionClosed",
            "NoNodeAvailable",
            "RequestQueueFull",
            "SessionClosed",
            "Unavailable",
            "WriteTimeout",
            "ProtocolViolation");
  }

  @Test
  void aSeedIsAlwaysTheSameRun() {
    for (long seed = 0; seed < 40; seed++) {
      String first = run(seed, true).world().traceText();
      assertThat(first).isNotEmpty();
      assertThat(run(seed, true).world().traceText()).as("seed " + seed).isEqualTo(first);
    }
  }

  private static Simulation run(long seed, boolean tracing) {
    Simulation simulation = new Simulation(seed);
    if (tracing) {
      simulation.world().traceOn();
    }
    try {
      simulation.run();
      return simulation;
    } catch (RuntimeException | AssertionError e) {
      String trace = tracing ? System.lineSeparator() + simulation.world().traceText() : "";
      throw new AssertionError(
          "Seed " + seed + " fails; run it alone with -Dcqloop.sim.seed=" + seed + ": " + e + trace,
          e);
    }
  }
}
