package cqloop.spi;

/** Loop-owned. Gives the write time of requests that set none, once per request. */
@FunctionalInterface
public interface TimestampGenerator {

  /** What {@link #next} returns to let the server choose. */
  long SERVER_SIDE = Long.MIN_VALUE;

  /** Returns microseconds since 1970, or {@link #SERVER_SIDE}. */
  long next();
}
