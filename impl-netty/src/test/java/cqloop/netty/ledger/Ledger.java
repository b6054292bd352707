package cqloop.netty.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import cqloop.RowSet;
import cqloop.error.AttemptFailure;
import cqloop.error.CqlException;
import cqloop.error.IsBootstrapping;
import cqloop.error.Unavailable;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Owned by one event loop. What the application was told of each of its operations. */
final class Ledger {

  private final Set<Integer> acknowledged = new HashSet<>();
  private final Set<Integer> maybe = new HashSet<>();
  private final Set<Integer> refused = new HashSet<>();

  /** How often nodes refused an operation before they executed it: so often it may be repeated. */
  private final Map<Integer, Integer> refusals = new HashMap<>();

  void onSuccess(int operation, RowSet rows) {
    assertThat(rows.wasApplied())
        .as("operation %d is the only one that writes its row", operation)
        .isTrue();
    acknowledged.add(operation);
    countRefusals(operation, rows.executionInfo().failedAttempts());
  }

  void onFailure(int operation, Throwable failure) {
    assertThat(failure).isInstanceOf(CqlException.class);
    CqlException typed = (CqlException) failure;
    (typed.mayHaveBeenExecuted() ? maybe : refused).add(operation);
    countRefusals(operation, typed.attempts());
  }

  private void countRefusals(int operation, List<AttemptFailure> attempts) {
    for (AttemptFailure attempt : attempts) {
      if (attempt.error() instanceof Unavailable || attempt.error() instanceof IsBootstrapping) {
        refusals.merge(operation, 1, Integer::sum);
      }
    }
  }

  Set<Integer> acknowledged() {
    return acknowledged;
  }

  /** The operations of which nobody knows whether they were executed. */
  Set<Integer> maybe() {
    return maybe;
  }

  /** The operations that were not executed, the driver says. */
  Set<Integer> refused() {
    return refused;
  }

  /** How many copies of an operation nodes may have received. */
  int allowedCopies(int operation) {
    return 1 + refusals.getOrDefault(operation, 0);
  }

  /** Checks the operations that left a trace of their own in the database. */
  void checkApplied(List<Integer> applied) {
    assertThat(applied).as("no operation is applied twice").doesNotHaveDuplicates();
    assertThat(applied).as("what was acknowledged is there").containsAll(acknowledged);
    Set<Integer> extra = new HashSet<>(applied);
    extra.removeAll(acknowledged);
    assertThat(maybe).as("what else is there was said to be possible").containsAll(extra);
  }

  /** Checks the number of applied operations, where they left no more than that. */
  void checkApplied(long count) {
    assertThat(count)
        .as("%d acknowledged, %d possible", acknowledged.size(), maybe.size())
        .isBetween((long) acknowledged.size(), (long) acknowledged.size() + maybe.size());
  }

  @Override
  public String toString() {
    return "%d acknowledged, %d perhaps, %d not executed"
        .formatted(acknowledged.size(), maybe.size(), refused.size());
  }
}
