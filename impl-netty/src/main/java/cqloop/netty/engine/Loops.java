package cqloop.netty.engine;

import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Value. Which engine serves which event loop. Every loop of the Vert.x has one; where their number
 * is capped, several loops share one, and requests of the others pay a hop in and a hop back.
 */
public final class Loops {

  // Looked through from the front for each request: a few comparisons cost less than a hash.
  private final EventLoop[] keys;
  private final LoopEngine[] values;
  private final List<LoopEngine> engines = new ArrayList<>();

  /**
   * @param loops every event loop of the Vert.x, the one that must have an engine of its own first
   * @param cap how many engines there may be, 0 for one per loop
   */
  public Loops(
      List<EventLoop> loops,
      int cap,
      EngineConfig config,
      SharedState shared,
      EngineListener listener) {
    int count = cap <= 0 ? loops.size() : Math.min(cap, loops.size());
    keys = loops.toArray(new EventLoop[0]);
    values = new LoopEngine[keys.length];
    for (int i = 0; i < keys.length; i++) {
      if (i < count) {
        engines.add(new LoopEngine(keys[i], config, shared, listener));
      }
      values[i] = engines.get(i % count);
    }
  }

  /**
   * Returns the engine that serves this loop.
   *
   * @throws IllegalArgumentException when the loop belongs to another Vert.x
   */
  public LoopEngine of(EventLoop loop) {
    for (int i = 0; i < keys.length; i++) {
      if (keys[i] == loop) {
        return values[i];
      }
    }
    throw new IllegalArgumentException(
        "The calling context belongs to another Vert.x than the one the session was made with");
  }

  /** Returns the engine of the loop on which the session was opened. */
  public LoopEngine home() {
    return engines.get(0);
  }

  public Collection<LoopEngine> all() {
    return engines;
  }
}
