package cqloop.testkit.fake;

import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Loop-owned, except {@link #hits} and {@link #remove}. A condition, its counts, its reaction. */
public final class Rule {
  private final FakeNode node;
  private final Condition condition;
  private final Reaction reaction;
  private final @Nullable Random random;
  private final double probability;
  private int toSkip;
  private int left;

  /** Published: written by the loop of the node. */
  private volatile int hits;

  Rule(FakeNode node, RuleBuilder builder, Reaction reaction) {
    this.node = node;
    this.condition = builder.condition();
    this.reaction = reaction;
    this.random = builder.random();
    this.probability = builder.probability();
    this.toSkip = builder.skip();
    this.left = builder.times();
  }

  /** How many times the rule has applied. */
  public int hits() {
    return hits;
  }

  /** Takes the rule out of the node. */
  public void remove() {
    node.remove(this);
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // One writer: the loop of the node.
  boolean applies(Request request) {
    if (left == 0 || !condition.test(request)) {
      return false;
    }
    if (random != null && random.nextDouble() >= probability) {
      return false;
    }
    if (toSkip > 0) {
      toSkip--;
      return false;
    }
    left--;
    hits++;
    return true;
  }

  Reaction reaction() {
    return reaction;
  }
}
