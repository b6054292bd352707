package cqloop.type;

import java.time.Instant;
import java.util.UUID;

/**
 * Facade. Makes and reads time-based UUIDs, the values of {@code timeuuid}. Every method may be
 * called from any thread.
 */
public final class TimeUuids {

  // RFC 9562 §5.1: 100-nanosecond ticks from 1582-10-15T00:00Z, 60 bits.
  private static final long TICKS_PER_SECOND = 10_000_000L;
  private static final long TICKS_PER_MILLI = 10_000L;
  private static final int NANOS_PER_TICK = 100;
  private static final long EPOCH_SECOND = -12_219_292_800L;
  private static final long MAX_TICKS = (1L << 60) - 1;

  // Cassandra compares the second half of equal timestamps as eight signed bytes.
  private static final long LOWEST_HALF = 0x8080808080808080L;
  private static final long HIGHEST_HALF = 0x7f7f7f7f7f7f7f7fL;

  /** Made on first use, so that reading time UUIDs does not touch the random source. */
  private static final class Shared {
    static final TimeUuidGenerator GENERATOR = TimeUuidGenerator.create();
  }

  private TimeUuids() {}

  /** Returns a new time UUID of now, higher than every one that this process made before. */
  public static UUID next() {
    return Shared.GENERATOR.next();
  }

  /**
   * Returns a new time UUID of this instant, cut to 100 ns. Two of the same instant differ.
   *
   * @throws IllegalArgumentException when the instant is outside the years 1582 to 5236
   */
  public static UUID at(Instant instant) {
    // The random half of a version 4 UUID has the variant bits that version 1 needs as well.
    long half = UUID.randomUUID().getLeastSignificantBits();
    return new UUID(timeHalf(ticksOf(instant)), half | TimeUuidGenerator.MULTICAST);
  }

  /** Returns a new random UUID, version 4: for columns of type {@code uuid}, not timeuuid. */
  public static UUID random() {
    return UUID.randomUUID();
  }

  /**
   * Returns the lowest possible time UUID of the millisecond that the instant is in, as {@code
   * minTimeuuid} of CQL does. It is a bound to compare with, no unique value.
   *
   * @throws IllegalArgumentException when the instant is outside the years 1582 to 5236
   */
  public static UUID startOf(Instant instant) {
    return new UUID(timeHalf(startOfMilli(instant)), LOWEST_HALF);
  }

  /**
   * Returns the highest possible time UUID of the millisecond that the instant is in, as {@code
   * maxTimeuuid} of CQL does. It is a bound to compare with, no unique value.
   *
   * @throws IllegalArgumentException when the instant is outside the years 1582 to 5236
   */
  public static UUID endOf(Instant instant) {
    return new UUID(timeHalf(startOfMilli(instant) + TICKS_PER_MILLI - 1), HIGHEST_HALF);
  }

  /**
   * Returns the instant of a time UUID.
   *
   * @throws IllegalArgumentException when it is no UUID of version 1
   */
  public static Instant instantOf(UUID timeUuid) {
    if (timeUuid.version() != 1) {
      throw new IllegalArgumentException(
          "UUID %s is of version %s; only version 1 holds a time"
              .formatted(timeUuid, timeUuid.version()));
    }
    long ticks = ticksOf(timeUuid);
    return Instant.ofEpochSecond(
        EPOCH_SECOND + ticks / TICKS_PER_SECOND, ticks % TICKS_PER_SECOND * NANOS_PER_TICK);
  }

  static long ticksOf(Instant instant) {
    long seconds = instant.getEpochSecond() - EPOCH_SECOND;
    if (seconds < 0 || seconds > MAX_TICKS / TICKS_PER_SECOND) {
      throw outside(instant);
    }
    long ticks = seconds * TICKS_PER_SECOND + instant.getNano() / NANOS_PER_TICK;
    if (ticks > MAX_TICKS) {
      throw outside(instant);
    }
    return ticks;
  }

  /** Lays out ticks as the first half of a UUID: low 32 bits, middle 16, version, high 12. */
  static long timeHalf(long ticks) {
    return (ticks << 32) | ((ticks >>> 16) & 0xFFFF_0000L) | 0x1000L | (ticks >>> 48 & 0x0FFFL);
  }

  // UUID.timestamp() gives the same, but checks the version once more.
  private static long ticksOf(UUID timeUuid) {
    long half = timeUuid.getMostSignificantBits();
    return (half & 0x0FFFL) << 48 | (half >>> 16 & 0xFFFFL) << 32 | half >>> 32;
  }

  private static long startOfMilli(Instant instant) {
    long ticks = ticksOf(instant);
    return ticks - ticks % TICKS_PER_MILLI;
  }

  private static IllegalArgumentException outside(Instant instant) {
    return new IllegalArgumentException("A time UUID holds the years 1582 to 5236, not " + instant);
  }
}
