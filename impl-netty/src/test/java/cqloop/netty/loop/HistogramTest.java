package cqloop.netty.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class HistogramTest {

  @Test
  void everyDurationFallsIntoABucketThatIsAtMostThreePercentTooHigh() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 20_000; i++) {
      long value = random.nextLong() >>> (23 + random.nextInt(41));
      Histogram histogram = new Histogram();
      histogram.add(value);
      long end = Histogram.upperEnd(onlyBucket(histogram));
      assertThat(end).as("%d", value).isBetween(value, value + value / 32);
      assertThat(histogram.min()).isEqualTo(value);
      assertThat(histogram.max()).isEqualTo(value);
      assertThat(histogram.sum()).isEqualTo(value);
    }
  }

  @Test
  void bucketsFollowEachOtherWithoutAGap() {
    for (int bucket = 0; bucket < Histogram.BUCKETS - 1; bucket++) {
      Histogram next = new Histogram();
      next.add(Histogram.upperEnd(bucket) + 1);
      assertThat(onlyBucket(next)).isEqualTo(bucket + 1);
    }
  }

  @Test
  void whatIsOutOfRangeCountsAtItsEnds() {
    Histogram histogram = new Histogram();
    assertThat(histogram.min()).isEqualTo(-1);
    histogram.add(-5);
    histogram.add(Long.MAX_VALUE);
    assertThat(histogram.min()).isZero();
    assertThat(histogram.max()).isEqualTo(Histogram.upperEnd(Histogram.BUCKETS - 1));
    assertThat(TimeUnit.NANOSECONDS.toMinutes(histogram.max())).isEqualTo(73);
  }

  private static int onlyBucket(Histogram histogram) {
    long[] buckets = new long[Histogram.BUCKETS];
    histogram.addTo(buckets);
    int found = -1;
    for (int i = 0; i < buckets.length; i++) {
      if (buckets[i] != 0) {
        assertThat(found).isEqualTo(-1);
        assertThat(buckets[i]).isEqualTo(1);
        found = i;
      }
    }
    return found;
  }
}
