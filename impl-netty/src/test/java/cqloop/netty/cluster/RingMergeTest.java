package cqloop.netty.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import cqloop.metadata.Murmur3Token;
import cqloop.metadata.Token;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RingMergeTest {

  /** No step may be long: this many of at most 4096 elements merge what a thousand nodes own. */
  @Test
  void mergesALargeRingInManyShortSteps() {
    Random random = new Random(1);
    List<List<String>> owned = new ArrayList<>();
    TreeMap<Long, Integer> expected = new TreeMap<>();
    for (int owner = 0; owner < 1000; owner++) {
      List<String> tokens = new ArrayList<>();
      for (int i = 0; i < 64; i++) {
        long token = random.nextLong();
        tokens.add(Long.toString(token));
        expected.putIfAbsent(token, owner);
      }
      owned.add(tokens);
    }
    RingMerge merge = new RingMerge(Partitioner.MURMUR3, owned);
    int steps = run(merge);

    // Each owner once; then ten rounds of all 64,000, with a step to begin and to end each pair.
    assertThat(steps).isBetween(1000 + 10 * 64_000 / 4096, 5 * 1000);
    RingMerge.Sorted ring = merge.result();
    assertThat(Arrays.copyOf(ring.owners(), ring.size()))
        .containsExactly(expected.values().stream().mapToInt(Integer::intValue).toArray());
    assertThat(values(ring)).containsExactlyElementsOf(expected.keySet());
  }

  @Test
  void aTokenOfTwoBelongsToTheFirstAndADamagedOneToNobody() {
    RingMerge merge =
        new RingMerge(
            Partitioner.MURMUR3,
            List.of(List.of("5", "-3", "noise"), List.of("9", "5"), List.of(), List.of("-3", "7")));
    run(merge);

    assertThat(values(merge.result())).containsExactly(-3L, 5L, 7L, 9L);
    assertThat(Arrays.copyOf(merge.result().owners(), 4)).containsExactly(0, 0, 3, 1);
  }

  @Test
  void withoutOwnersTheRingIsEmpty() {
    RingMerge merge = new RingMerge(Partitioner.MURMUR3, List.of());
    run(merge);

    assertThat(merge.result().size()).isZero();
  }

  private static int run(RingMerge merge) {
    int steps = 1;
    while (merge.step()) {
      steps++;
    }
    return steps;
  }

  private static List<Long> values(RingMerge.Sorted ring) {
    List<Long> values = new ArrayList<>();
    for (Token token : Arrays.copyOf(ring.tokens(), ring.size())) {
      values.add(((Murmur3Token) token).value());
    }
    return values;
  }
}
