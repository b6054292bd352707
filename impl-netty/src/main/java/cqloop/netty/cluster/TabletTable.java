package cqloop.netty.cluster;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Value. The tablets of one table that are known, in the order of their tokens; none overlap. */
final class TabletTable {

  static final TabletTable EMPTY = new TabletTable(new Tablet[0]);

  private final Tablet[] tablets;

  /** The last tokens apart: to look for one touches little memory. */
  private final long[] lasts;

  private TabletTable(Tablet[] tablets) {
    this.tablets = tablets;
    this.lasts = new long[tablets.length];
    for (int i = 0; i < tablets.length; i++) {
      lasts[i] = tablets[i].last();
    }
  }

  int size() {
    return tablets.length;
  }

  /** Returns the tablet that a token belongs to, or null when it is not known. */
  @Nullable Tablet find(long token) {
    int at = Arrays.binarySearch(lasts, token);
    int position = at < 0 ? -at - 1 : at;
    return position < lasts.length && tablets[position].first() < token ? tablets[position] : null;
  }

  /**
   * Returns this with newer tablets, each of which replaces those that it overlaps; this itself
   * when they say nothing new.
   *
   * @param room how many there may be in the end; what is beyond and replaces none is left out
   */
  TabletTable with(List<Tablet> newer, int room) {
    Tablet[] merged = Arrays.copyOf(tablets, tablets.length + newer.size());
    int size = tablets.length;
    boolean changed = false;
    for (Tablet tablet : newer) {
      int from = firstBehind(merged, size, tablet.first());
      int to = from;
      while (to < size && merged[to].first() < tablet.last()) {
        to++;
      }
      boolean isKnown = to == from + 1 && merged[from].isLike(tablet);
      if (!isKnown && (to > from || size < room)) {
        System.arraycopy(merged, to, merged, from + 1, size - to);
        merged[from] = tablet;
        size += 1 - (to - from);
        changed = true;
      }
    }
    return changed ? new TabletTable(Arrays.copyOf(merged, size)) : this;
  }

  /** Returns the position of the first tablet that ends behind a token. */
  private static int firstBehind(Tablet[] sorted, int size, long token) {
    int low = 0;
    int high = size;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle].last() <= token) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Returns this without the tablets that have a replica on one of these nodes. */
  TabletTable without(Set<UUID> hosts) {
    Tablet[] rest = new Tablet[tablets.length];
    int size = 0;
    for (Tablet tablet : tablets) {
      if (!tablet.isOnAny(hosts)) {
        rest[size++] = tablet;
      }
    }
    return size == tablets.length ? this : new TabletTable(Arrays.copyOf(rest, size));
  }
}
