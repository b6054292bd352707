package cqloop.testkit.fake;

import java.util.Random;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Not shared. The left side of a rule; a method that returns a {@link Rule} completes it. */
public final class RuleBuilder {
  private final FakeNode node;
  private final Condition condition;
  private @Nullable Random random;
  private double probability = 1;
  private int skip;
  // Negative: without end.
  private int times = -1;

  RuleBuilder(FakeNode node, Condition condition) {
    this.node = node;
    this.condition = condition;
  }

  /** Applies to at most so many requests. */
  public RuleBuilder times(int times) {
    this.times = times;
    return this;
  }

  /** Applies to one request. */
  public RuleBuilder once() {
    return times(1);
  }

  /** Lets the first so many requests pass that meet the condition. */
  public RuleBuilder after(int skip) {
    this.skip = skip;
    return this;
  }

  /** Applies with a probability, decided by a seed so that a run can be repeated. */
  public RuleBuilder withProbability(double probability, long seed) {
    this.probability = probability;
    this.random = new Random(seed);
    return this;
  }

  /** Completes the rule: answers. */
  public Rule reply(Reply reply) {
    return react(Reactions.reply(reply));
  }

  /** Completes the rule: answers with what a function makes of each request. */
  public Rule answer(Function<Request, Reply> function) {
    return react(Reactions.answer(function));
  }

  /** Completes the rule: answers after a while. */
  public Rule replyAfter(long millis, Reply reply) {
    return react(Reactions.delay(millis).then(Reactions.reply(reply)));
  }

  /** Completes the rule: never answers. */
  public Rule drop() {
    return react(Reactions.drop());
  }

  /** Completes the rule: closes the connection with FIN. */
  public Rule close() {
    return react(Reactions.close());
  }

  /** Completes the rule: closes the connection with RST. */
  public Rule reset() {
    return react(Reactions.reset());
  }

  /** Completes the rule: any reaction. */
  public Rule react(Reaction reaction) {
    return node.add(new Rule(node, this, reaction));
  }

  Condition condition() {
    return condition;
  }

  @Nullable Random random() {
    return random;
  }

  double probability() {
    return probability;
  }

  int skip() {
    return skip;
  }

  int times() {
    return times;
  }
}
