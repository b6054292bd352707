package cqloop.testkit.scylla;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Loop-owned, except what it publishes. What the connections of a front share: how it looks, what
 * was prepared through it, what came in.
 */
final class FrontState {
  /** As many as a Cassandra of the kit keeps, and more than any test prepares. */
  private static final int MOST_STATEMENTS = 10_000;

  private final NodeFacts facts;
  private final Map<String, KnownStatement> statements = new HashMap<>();

  /** Published: replaced whole by the loop. */
  private volatile FrontPlan plan;

  private volatile FrontCounters counters;

  FrontState(FrontPlan plan, NodeFacts facts) {
    this.plan = plan;
    this.facts = facts;
    this.counters = FrontCounters.zero(plan.sharder().shards());
  }

  FrontPlan plan() {
    return plan;
  }

  NodeFacts facts() {
    return facts;
  }

  FrontCounters counters() {
    return counters;
  }

  /** Looks otherwise from here on, and counts from zero when the shards are others. */
  void setPlan(FrontPlan next) {
    if (!next.sharder().equals(plan.sharder())) {
      counters = FrontCounters.zero(next.sharder().shards());
    }
    plan = next;
  }

  void resetCounters() {
    counters = FrontCounters.zero(plan.sharder().shards());
  }

  void remember(String id, KnownStatement statement) {
    if (statements.size() >= MOST_STATEMENTS) {
      throw new IllegalStateException(
          "More than " + MOST_STATEMENTS + " statements were prepared through one front.");
    }
    statements.put(id, statement);
  }

  @Nullable KnownStatement statement(String id) {
    return statements.get(id);
  }

  void count(Arrival arrival) {
    counters = counters.with(arrival);
  }

  void countUnknown() {
    counters = counters.withUnknown();
  }

  void countPayload() {
    counters = counters.withPayload();
  }

  void countRefusal() {
    counters = counters.withRefusal();
  }

  /** The tablet of a token; null for a table without tablets. */
  @Nullable Tablet tablet(KnownStatement statement, long token) {
    List<Tablet> tablets = plan.tablets().get(statement.keyspace() + '.' + statement.table());
    if (tablets != null) {
      for (Tablet tablet : tablets) {
        if (tablet.holds(token)) {
          return tablet;
        }
      }
    }
    return null;
  }
}
