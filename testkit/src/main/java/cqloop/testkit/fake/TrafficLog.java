package cqloop.testkit.fake;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;

/**
 * Any thread. The requests that reached a node. Guarded by its monitor, because the node's loop
 * writes while test threads read and wait; promises are completed outside of it.
 */
final class TrafficLog {
  private record Waiter(Predicate<Request> condition, Promise<Request> promise) {}

  private final ArrayDeque<Request> requests = new ArrayDeque<>();
  private final List<Waiter> waiters = new ArrayList<>();
  private final List<String> violations = new ArrayList<>();
  private final int limit;

  TrafficLog(int limit) {
    this.limit = limit;
  }

  void add(Request request) {
    List<Waiter> due = new ArrayList<>();
    synchronized (this) {
      if (requests.size() == limit) {
        requests.removeFirst();
      }
      requests.addLast(request);
      for (Iterator<Waiter> all = waiters.iterator(); all.hasNext(); ) {
        Waiter waiter = all.next();
        if (waiter.condition.test(request)) {
          all.remove();
          due.add(waiter);
        }
      }
    }
    due.forEach(waiter -> waiter.promise.complete(request));
  }

  synchronized void addViolation(String message) {
    if (violations.size() < limit) {
      violations.add(message);
    }
  }

  synchronized List<String> violations() {
    return List.copyOf(violations);
  }

  synchronized List<Request> matching(Predicate<Request> condition) {
    List<Request> found = new ArrayList<>();
    for (Request request : requests) {
      if (condition.test(request)) {
        found.add(request);
      }
    }
    return found;
  }

  synchronized void clear() {
    requests.clear();
  }

  /** The first kept request that matches, or the first one to come. */
  Future<Request> await(Predicate<Request> condition) {
    Promise<Request> promise = Promise.promise();
    Request known = null;
    synchronized (this) {
      for (Request request : requests) {
        if (condition.test(request)) {
          known = request;
          break;
        }
      }
      if (known == null) {
        waiters.add(new Waiter(condition, promise));
      }
    }
    if (known != null) {
      promise.complete(known);
    }
    return promise.future();
  }

  /** Fails those who still wait. */
  void close(String reason) {
    List<Waiter> left;
    synchronized (this) {
      left = List.copyOf(waiters);
      waiters.clear();
    }
    left.forEach(waiter -> waiter.promise.fail(reason));
  }
}
