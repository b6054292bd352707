package cqloop.type;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/**
 * Facade. Makes time UUIDs, each higher than the one before, also when the clock stands still or
 * goes back. Node and clock sequence are random and stay for the life of the generator, so two
 * processes do not meet; a process restored twice from one snapshot would.
 */
final class TimeUuidGenerator {

  /** RFC 9562 §6.10: a node id that is no hardware address has the multicast bit set. */
  static final long MULTICAST = 1L << 40;

  private static final long VARIANT = 0x8000_0000_0000_0000L;
  private static final long BELOW_VARIANT = 0x3FFF_FFFF_FFFF_FFFFL;

  private final InstantSource clock;
  private final long nodeHalf;
  // Shared by all threads on purpose: per-thread time would need a node id per thread.
  private final AtomicLong lastTicks = new AtomicLong();

  TimeUuidGenerator(InstantSource clock, RandomGenerator random) {
    this.clock = clock;
    this.nodeHalf = (random.nextLong() & BELOW_VARIANT) | VARIANT | MULTICAST;
  }

  static TimeUuidGenerator create() {
    return new TimeUuidGenerator(InstantSource.system(), new SecureRandom());
  }

  UUID next() {
    long now = TimeUuids.ticksOf(clock.instant());
    long ticks;
    long last;
    do {
      last = lastTicks.get();
      ticks = Math.max(now, last + 1);
    } while (!lastTicks.compareAndSet(last, ticks));
    return new UUID(TimeUuids.timeHalf(ticks), nodeHalf);
  }
}
