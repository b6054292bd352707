package cqloop.netty.sim;

import java.util.ArrayDeque;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Not shared. Virtual time and the one queue of everything that happens. Events of one moment
 * happen in the order in which they were asked for, so a seed decides the whole run.
 */
public final class SimWorld {

  /** More events than any honest run has: something goes round in circles. */
  private static final long MAX_EVENTS = 20_000_000;

  private static final int KEPT_TRACE_LINES = 4_000;

  private final SplittableRandom random;
  private final long baseNanos;
  private final PriorityQueue<Event> queue = new PriorityQueue<>();
  private final ArrayDeque<String> trace = new ArrayDeque<>();
  private final Map<String, Integer> counts = new TreeMap<>();
  private long elapsedNanos;
  private long sequence;
  private long happened;
  private int live;
  private boolean tracing;

  /** Creates a world in which nothing is planned yet. */
  public SimWorld(long seed) {
    random = new SplittableRandom(seed);
    // System.nanoTime may overflow at any moment; so does this clock, in one world of four.
    baseNanos = random.nextInt(4) == 0 ? Long.MAX_VALUE - seconds(2) : random.nextLong(1L << 40);
  }

  /** Something that will happen; may be cancelled. */
  public final class Event implements Comparable<Event> {
    private final long at;
    private final long order;
    private Runnable task;

    private Event(long at, long order, Runnable task) {
      this.at = at;
      this.order = order;
      this.task = task;
    }

    /** Takes it back; false when it has happened or was taken back before. */
    public boolean cancel() {
      if (task == null) {
        return false;
      }
      task = null;
      live--;
      return true;
    }

    /** By the clock of {@link SimWorld#nanoTime}. */
    public long atNanos() {
      return baseNanos + at;
    }

    @Override
    public int compareTo(Event other) {
      int byTime = Long.compare(at, other.at);
      return byTime != 0 ? byTime : Long.compare(order, other.order);
    }
  }

  public SplittableRandom random() {
    return random;
  }

  /** The time, from an arbitrary moment; may overflow. */
  public long nanoTime() {
    return baseNanos + elapsedNanos;
  }

  /** How long this world exists. */
  public long elapsedNanos() {
    return elapsedNanos;
  }

  public static long millis(long count) {
    return TimeUnit.MILLISECONDS.toNanos(count);
  }

  public static long seconds(long count) {
    return TimeUnit.SECONDS.toNanos(count);
  }

  /** Plans something after a delay. */
  public Event after(long delayNanos, Runnable task) {
    Event event = new Event(elapsedNanos + Math.max(0, delayNanos), sequence++, task);
    queue.add(event);
    live++;
    return event;
  }

  /** Holds everything up, as a busy loop or a stopped process does: what is due meanwhile waits. */
  public void holdUp(long nanos) {
    elapsedNanos += nanos;
  }

  /** How many events are planned. */
  public int planned() {
    return live;
  }

  /** Lets everything happen that is due until this much later, and sets the clock to that time. */
  public void advance(long nanos) {
    long end = elapsedNanos + nanos;
    while (happenNext(end)) {
      // The work is in the condition.
    }
    elapsedNanos = Math.max(elapsedNanos, end);
  }

  /** Lets things happen until the condition holds; returns false when it never did. */
  public boolean runUntil(BooleanSupplier condition, long limitNanos) {
    long end = elapsedNanos + limitNanos;
    while (!condition.getAsBoolean()) {
      if (!happenNext(end)) {
        return false;
      }
    }
    return true;
  }

  private boolean happenNext(long end) {
    Event event = queue.peek();
    while (event != null && event.task == null) {
      queue.poll();
      event = queue.peek();
    }
    if (event == null || event.at > end) {
      return false;
    }
    if (++happened > MAX_EVENTS) {
      throw new AssertionError("More than " + MAX_EVENTS + " events: something never ends");
    }
    queue.poll();
    elapsedNanos = Math.max(elapsedNanos, event.at);
    Runnable task = event.task;
    event.task = null;
    live--;
    task.run();
    return true;
  }

  /** Notes that something of this kind happened, so that runs in which nothing does are found. */
  public void count(String kind) {
    counts.merge(kind, 1, Integer::sum);
  }

  /** How often something of each kind happened. */
  public Map<String, Integer> counts() {
    return counts;
  }

  /** Keeps the latest lines of the trace. */
  public void traceOn() {
    tracing = true;
  }

  /** Adds a line to the trace, when it is on. */
  public void trace(String format, Object... arguments) {
    if (tracing) {
      if (trace.size() >= KEPT_TRACE_LINES) {
        trace.removeFirst();
      }
      trace.add("%12.3f ms  ".formatted(elapsedNanos / 1e6) + format.formatted(arguments));
    }
  }

  /** The latest lines of the trace. */
  public String traceText() {
    return String.join(System.lineSeparator(), trace);
  }
}
