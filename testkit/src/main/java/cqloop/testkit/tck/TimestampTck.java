package cqloop.testkit.tck;

import static org.assertj.core.api.Assertions.assertThat;

import cqloop.spi.TimestampGenerator;
import cqloop.spi.TimestampProvider;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Owned by one test. What every timestamp generator must keep to. */
public abstract class TimestampTck {

  private static final int MANY = 100_000;
  private static final int LOOPS = 4;
  private static final long DAY_MICROS = 24L * 60 * 60 * 1_000_000;

  /** Returns the provider. */
  protected abstract TimestampProvider provider();

  /** Returns its configuration. */
  protected JsonObject config() {
    return new JsonObject();
  }

  /** Tells whether no two event loops of one session get the same time. */
  protected abstract boolean ordersTheWholeSession();

  @Test
  public void growsFromRequestToRequest() {
    TckContext context = TckContext.create(config());
    growing(provider().create(context), context, 1);
  }

  @Test
  public void growsWhileTheClockStands() {
    TckContext context = TckContext.create(config());
    growing(provider().create(context), context, 0);
  }

  @Test
  public void growsWhenTheClockIsSetBack() {
    TckContext context = TckContext.create(config());
    TimestampGenerator generator = provider().create(context);
    long before = generator.next();
    context.shiftClockMillis(-3_600_000).advanceMillis(5000);
    long after = generator.next();
    assertThat(after > before || after == TimestampGenerator.SERVER_SIDE)
        .as("%s after %s", after, before)
        .isTrue();
  }

  @Test
  public void isTheTimeOfDay() {
    TckContext context = TckContext.create(config());
    TimestampGenerator generator = provider().create(context);
    context.advanceMillis(10_000);
    long micros = generator.next();
    if (micros != TimestampGenerator.SERVER_SIDE) {
      assertThat(micros).isCloseTo(context.currentTimeMillis() * 1000, within(2000));
    }
  }

  @Test
  public void followsAClockThatIsSetForward() {
    TckContext context = TckContext.create(config());
    TimestampGenerator generator = provider().create(context);
    long before = generator.next();
    Assumptions.assumeTrue(before != TimestampGenerator.SERVER_SIDE);
    context.shiftClockMillis(DAY_MICROS / 1000).advanceMillis(5000);
    assertThat(generator.next() - before).isGreaterThanOrEqualTo(DAY_MICROS);
  }

  @Test
  public void givesEachTimeOnceInASession() {
    Assumptions.assumeTrue(ordersTheWholeSession(), "it promises order per event loop only");
    TckContext context = TckContext.create(config());
    TimestampProvider provider = provider();
    List<CompletableFuture<long[]>> loops = new ArrayList<>();
    for (int loop = 0; loop < LOOPS; loop++) {
      TimestampGenerator generator = provider.create(context.sibling(config()));
      loops.add(
          CompletableFuture.supplyAsync(
              () -> {
                long[] times = new long[MANY / LOOPS];
                for (int i = 0; i < times.length; i++) {
                  times[i] = generator.next();
                }
                return times;
              }));
    }
    Set<Long> distinct = new HashSet<>();
    for (CompletableFuture<long[]> loop : loops) {
      for (long time : loop.join()) {
        distinct.add(time);
      }
    }
    assertThat(distinct).hasSize(MANY);
  }

  private static void growing(TimestampGenerator generator, TckContext context, long stepNanos) {
    long last = generator.next();
    boolean server = last == TimestampGenerator.SERVER_SIDE;
    for (int i = 0; i < MANY; i++) {
      context.advanceNanos(stepNanos);
      long next = generator.next();
      assertThat(server ? next == last : next > last).as("%s after %s", next, last).isTrue();
      last = next;
    }
  }

  private static Offset<Long> within(long micros) {
    return Offset.offset(micros);
  }
}
