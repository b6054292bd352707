package cqloop.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class TimeUuidsTest {

  // RFC 9562, appendix A.1.
  private static final UUID RFC_EXAMPLE = UUID.fromString("C232AB00-9414-11EC-B3C8-9F6BDECED846");
  private static final Instant RFC_INSTANT = Instant.parse("2022-02-22T19:22:22Z");

  @Test
  void readsTheExampleOfTheRfc() {
    assertThat(TimeUuids.instantOf(RFC_EXAMPLE)).isEqualTo(RFC_INSTANT);
  }

  @Test
  void boundsAreThoseOfTheServer() {
    // SELECT minTimeuuid(0), maxTimeuuid(0): the epoch is 0x01b21dd213814000 ticks.
    assertThat(TimeUuids.startOf(Instant.EPOCH))
        .isEqualTo(UUID.fromString("13814000-1dd2-11b2-8080-808080808080"));
    assertThat(TimeUuids.endOf(Instant.EPOCH))
        .isEqualTo(UUID.fromString("1381670f-1dd2-11b2-7f7f-7f7f7f7f7f7f"));
    Instant late = Instant.EPOCH.plusNanos(999_999);
    assertThat(TimeUuids.startOf(late)).isEqualTo(TimeUuids.startOf(Instant.EPOCH));
    assertThat(TimeUuids.endOf(late)).isEqualTo(TimeUuids.endOf(Instant.EPOCH));
  }

  @Test
  void keepsTheInstantIn100Nanoseconds() {
    Instant instant = Instant.parse("2024-05-06T07:08:09.123456789Z");
    UUID uuid = TimeUuids.at(instant);

    assertThat(TimeUuids.instantOf(uuid)).isEqualTo(Instant.parse("2024-05-06T07:08:09.1234567Z"));
    assertThat(uuid.version()).isEqualTo(1);
    assertThat(uuid.variant()).isEqualTo(2);
    assertThat(uuid.timestamp()).isEqualTo(TimeUuids.ticksOf(instant));
    assertThat(uuid.node() & 1L << 40).isNotZero();
    assertThat(TimeUuids.at(instant)).isNotEqualTo(uuid);
  }

  @Test
  void holdsTheWholeRange() {
    Instant first = Instant.parse("1582-10-15T00:00:00Z");
    Instant last = first.plusSeconds((1L << 60) / 10_000_000L);

    assertThat(TimeUuids.instantOf(TimeUuids.startOf(first))).isEqualTo(first);
    assertThat(TimeUuids.instantOf(TimeUuids.at(last))).isEqualTo(last);
    assertThatIllegalArgumentException().isThrownBy(() -> TimeUuids.at(first.minusNanos(1)));
    assertThatIllegalArgumentException().isThrownBy(() -> TimeUuids.at(last.plusSeconds(1)));
    assertThatIllegalArgumentException().isThrownBy(() -> TimeUuids.endOf(Instant.MAX));
    assertThatIllegalArgumentException().isThrownBy(() -> TimeUuids.startOf(Instant.MIN));
  }

  @Test
  void refusesOtherVersions() {
    UUID random = TimeUuids.random();

    assertThat(random.version()).isEqualTo(4);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TimeUuids.instantOf(random))
        .withMessage("UUID " + random + " is of version 4; only version 1 holds a time");
  }

  @Test
  void risesWhenTheClockStandsStillOrGoesBack() {
    List<Instant> times =
        List.of(RFC_INSTANT, RFC_INSTANT, RFC_INSTANT.minusSeconds(60), RFC_INSTANT.plusNanos(900));
    int[] next = {0};
    InstantSource clock = () -> times.get(next[0]++);
    TimeUuidGenerator generator = new TimeUuidGenerator(clock, new Random(1));

    List<Long> ticks = new ArrayList<>();
    Set<Long> halves = new HashSet<>();
    for (int i = 0; i < times.size(); i++) {
      UUID uuid = generator.next();
      ticks.add(uuid.timestamp() - TimeUuids.ticksOf(RFC_INSTANT));
      halves.add(uuid.getLeastSignificantBits());
    }

    assertThat(ticks).containsExactly(0L, 1L, 2L, 9L);
    assertThat(halves).hasSize(1);
  }

  @Test
  void nodeIsRandomWithMulticastBit() {
    UUID one = TimeUuidGenerator.create().next();
    UUID other = TimeUuidGenerator.create().next();

    assertThat(one.version()).isEqualTo(1);
    assertThat(one.variant()).isEqualTo(2);
    assertThat(one.node() & 1L << 40).isNotZero();
    assertThat(one.getLeastSignificantBits()).isNotEqualTo(other.getLeastSignificantBits());
  }

  @Test
  void isUniqueAndRisingOverThreads() throws Exception {
    int perThread = 20_000;
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      Callable<List<UUID>> task =
          () -> {
            List<UUID> made = new ArrayList<>(perThread);
            for (int i = 0; i < perThread; i++) {
              made.add(TimeUuids.next());
            }
            return made;
          };
      Set<UUID> all = new HashSet<>();
      for (Future<List<UUID>> made : threads.invokeAll(List.of(task, task, task, task))) {
        long last = 0;
        for (UUID uuid : made.get()) {
          assertThat(uuid.timestamp()).isGreaterThan(last);
          last = uuid.timestamp();
          all.add(uuid);
        }
      }
      assertThat(all).hasSize(4 * perThread);
    } finally {
      threads.shutdownNow();
    }
  }
}
