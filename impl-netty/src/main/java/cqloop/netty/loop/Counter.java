package cqloop.netty.loop;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Published. A number that one loop changes and every thread may read. Changing it costs as much as
 * changing a field: readers may see it a moment later, but never a torn value.
 */
public final class Counter {

  private static final VarHandle VALUE = valueHandle();

  @SuppressWarnings("unused") // Through the handle.
  private long value;

  /** Adds to the number; on the loop that owns the counter. */
  public void add(long more) {
    VALUE.setOpaque(this, (long) VALUE.get(this) + more);
  }

  /** Replaces the number; on the loop that owns the counter. */
  public void set(long newValue) {
    VALUE.setOpaque(this, newValue);
  }

  /** Returns the number. */
  public long get() {
    return (long) VALUE.getOpaque(this);
  }

  private static VarHandle valueHandle() {
    try {
      return MethodHandles.lookup().findVarHandle(Counter.class, "value", long.class);
    } catch (ReflectiveOperationException impossible) {
      throw new ExceptionInInitializerError(impossible);
    }
  }
}
