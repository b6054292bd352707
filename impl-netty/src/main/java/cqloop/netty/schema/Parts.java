package cqloop.netty.schema;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Loop-owned. Work on many things in a fixed order, one thing at a step, so that slices can stop
 * between any two. Planning costs nothing per thing.
 */
final class Parts {

  private final ArrayDeque<BooleanSupplier> parts = new ArrayDeque<>();

  /** Adds work on each of these things; they are not looked at before its turn. */
  <T> void addEach(Iterable<T> things, Consumer<? super T> work) {
    parts.add(
        new BooleanSupplier() {
          private @Nullable Iterator<T> rest;

          @Override
          public boolean getAsBoolean() {
            Iterator<T> left = rest;
            if (left == null) {
              left = things.iterator();
              rest = left;
            }
            if (left.hasNext()) {
              work.accept(left.next());
            }
            return left.hasNext();
          }
        });
  }

  /** Adds work that is one step. */
  void add(Runnable work) {
    parts.add(
        () -> {
          work.run();
          return false;
        });
  }

  boolean isEmpty() {
    return parts.isEmpty();
  }

  /** Does one step; returns whether there are more. */
  boolean step() {
    BooleanSupplier part = parts.peek();
    if (part == null) {
      return false;
    }
    if (!part.getAsBoolean()) {
      parts.remove();
    }
    return !parts.isEmpty();
  }
}
