package cqloop.netty.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
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

  /** All that a seed may decide to do to servers, links and events. */
  private static final List<String> HAPPENS =
      List.of(
          "server is killed",
          "server comes back",
          "server freezes",
          "host joins",
          "host leaves",
          "host moves",
          "hosts swap addresses",
          "event",
          "event is lost",
          "event is doubled",
          "event is late",
          "connect: REFUSE",
          "connect: SILENCE",
          "link stalls",
          "link swallows",
          "link is reset",
          "link ends",
          "bit is flipped",
          "write is split",
          "answer is late",
          "answer never comes",
          "answer is damaged",
          "framing is broken",
          "error after effect",
          "server forgets statements",
          "process stands still",
          "connection to a shard",
          "connect to a shard-aware port",
          "served again");

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
    for (String kind : HAPPENS) {
      assertThat(outcomes.getOrDefault(kind, 0)).as(kind).isGreaterThan((int) (seeds / 1000));
    }
  }

  @Test
  void aSeedIsAlwaysTheSameRun() {
    for (long seed = 0; seed < 40; seed++) {
      String first = run(seed, true).world().traceText();
      assertThat(first).isNotEmpty();
      assertThat(run(seed, true).world().traceText()).as("seed " + seed).isEqualTo(first);
    }
  }

  /** A driver that tells the outcome of some requests twice is found, and found again. */
  @Test
  void aSeedThatFailsFailsAgainWhenItIsRunAlone() {
    long seed = 0;
    AssertionError found = null;
    while (found == null && seed < 100) {
      found = failure(seed, false);
      seed += found == null ? 1 : 0;
    }
    assertThat(found)
        .as("one of the first hundred runs")
        .hasMessageContaining("run it alone with -Dcqloop.sim.seed=" + seed)
        .hasMessageContaining("I1: completed 2 times");

    AssertionError again = failure(seed, true);
    assertThat(again).hasMessageStartingWith(found.getMessage());
    assertThat(again.getMessage().substring(found.getMessage().length()))
        .as("the trace")
        .contains(" begins, ")
        .contains(" ends: ");
    assertThat(failure(seed, true)).hasMessage(again.getMessage());
  }

  private static AssertionError failure(long seed, boolean tracing) {
    Simulation simulation = new Simulation(seed);
    simulation.tellSomeOutcomesTwice();
    try {
      run(simulation, seed, tracing);
      return null;
    } catch (AssertionError failure) {
      return failure;
    }
  }

  private static Simulation run(long seed, boolean tracing) {
    return run(new Simulation(seed), seed, tracing);
  }

  private static Simulation run(Simulation simulation, long seed, boolean tracing) {
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
