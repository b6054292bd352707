package cqloop.testkit;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One token per node, spread evenly within each data centre and unique over all of them. */
final class TokenLayout {
  // Keeps the tokens of data centres apart without moving the ranges noticeably.
  private static final long DATACENTER_SHIFT = 100;

  // How many tokens there are.
  private static final BigInteger RING = BigInteger.ONE.shiftLeft(Long.SIZE);

  private final List<Long> tokens = new ArrayList<>();

  private TokenLayout() {}

  static TokenLayout of(List<NodePlace> places) {
    Map<String, Integer> sizes = new HashMap<>();
    for (NodePlace place : places) {
      sizes.merge(place.datacenter(), 1, Integer::sum);
    }
    List<String> datacenters = new ArrayList<>();
    Map<String, Integer> placed = new HashMap<>();
    TokenLayout layout = new TokenLayout();
    for (NodePlace place : places) {
      if (!datacenters.contains(place.datacenter())) {
        datacenters.add(place.datacenter());
      }
      int index = placed.merge(place.datacenter(), 1, Integer::sum) - 1;
      long shift = DATACENTER_SHIFT * datacenters.indexOf(place.datacenter());
      layout.tokens.add(middle(index, sizes.getOrDefault(place.datacenter(), 1)) + shift);
    }
    return layout;
  }

  long get(int index) {
    return tokens.get(index);
  }

  /** A token for a node that joins: the middle of the widest range. */
  long next() {
    List<Long> sorted = new ArrayList<>(tokens);
    Collections.sort(sorted);
    long from = sorted.get(sorted.size() - 1);
    // The range that wraps round; long arithmetic wraps as the ring does.
    long width = sorted.get(0) - from;
    if (sorted.size() == 1) {
      width = -1;
    }
    for (int i = 1; i < sorted.size(); i++) {
      long candidate = sorted.get(i) - sorted.get(i - 1);
      if (Long.compareUnsigned(candidate, width) > 0) {
        width = candidate;
        from = sorted.get(i - 1);
      }
    }
    long token = from + (width >>> 1);
    tokens.add(token);
    return token;
  }

  /** The middle of slice {@code index} of the ring cut into {@code count}. */
  private static long middle(int index, int count) {
    return RING.multiply(BigInteger.valueOf(2L * index + 1))
        .divide(BigInteger.valueOf(2L * count))
        .add(BigInteger.valueOf(Long.MIN_VALUE))
        .longValueExact();
  }
}
