package cqloop.testkit.scylla;

import cqloop.testkit.fake.Frame;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Value. What becomes of a request.
 *
 * @param toNode the request to pass on, or null when the front answers
 * @param answer the answer of the front, or null when the node answers
 * @param change what is done to the node's answer, or null for nothing
 */
record Verdict(
    @Nullable Frame toNode, @Nullable Frame answer, @Nullable UnaryOperator<Frame> change) {

  static Verdict pass(Frame request) {
    return new Verdict(request, null, null);
  }

  static Verdict pass(Frame request, UnaryOperator<Frame> change) {
    return new Verdict(request, null, change);
  }

  static Verdict answer(Frame answer) {
    return new Verdict(null, answer, null);
  }
}
