package cqloop.netty.exec;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Loop-owned. The attempts of one execution that run at the moment: nearly always one. */
final class RunningAttempts {

  private @Nullable Attempt first;

  void add(Attempt attempt) {
    attempt.next = first;
    first = attempt;
  }

  void remove(Attempt attempt) {
    if (first == attempt) {
      first = attempt.next;
      return;
    }
    for (Attempt before = first; before != null; before = before.next) {
      if (before.next == attempt) {
        before.next = attempt.next;
        return;
      }
    }
  }

  boolean isEmpty() {
    return first == null;
  }

  /** Tells whether a node may be executing the request for one of them. */
  boolean isAnswerDue() {
    for (Attempt attempt = first; attempt != null; attempt = attempt.next) {
      if (attempt.connection() != null) {
        return true;
      }
    }
    return false;
  }

  void forEach(Consumer<Attempt> action) {
    for (Attempt attempt = first; attempt != null; attempt = attempt.next) {
      action.accept(attempt);
    }
  }

  /** Gives up all of them. */
  void abandon() {
    for (Attempt attempt = first; attempt != null; attempt = attempt.next) {
      attempt.abandon();
    }
    first = null;
  }
}
