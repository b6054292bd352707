package cqloop.testkit.fake;

import java.util.function.Predicate;

/** Value. Says whether a rule applies to a request; see {@link Conditions} for the ready ones. */
@FunctionalInterface
public interface Condition extends Predicate<Request> {
  /** Both this and the other must apply. */
  default Condition and(Condition other) {
    return request -> test(request) && other.test(request);
  }

  /** This or the other must apply. */
  default Condition or(Condition other) {
    return request -> test(request) || other.test(request);
  }

  /** This must not apply. */
  default Condition not() {
    return request -> !test(request);
  }
}
