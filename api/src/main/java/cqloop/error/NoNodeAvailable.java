package cqloop.error;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * No node of the query plan could take the request. The reason of each is in {@link #reasons()} and
 * the first of them in the message; where all were busy, the message and the category say so.
 */
public final class NoNodeAvailable extends CqlException {

  // More would hide the start of the message; reasons() has them all.
  private static final int SHOWN = 10;

  private final Map<String, Throwable> reasons;
  private final boolean busy;

  /**
   * @param reasons why each node did not take the request, by {@code host:port}, in the order
   *     tried; empty when the plan named no node at all
   */
  public NoNodeAvailable(Map<String, ? extends Throwable> reasons) {
    super(message(reasons), lastOf(reasons));
    this.reasons = Collections.unmodifiableMap(new LinkedHashMap<>(reasons));
    this.busy = allBusy(reasons);
  }

  /** Returns why each node did not take the request, by {@code host:port}, in the order tried. */
  public Map<String, Throwable> reasons() {
    return reasons;
  }

  /** Tells whether every node was there but had too much work: waiting helps, more nodes do not. */
  public boolean isBusy() {
    return busy;
  }

  @Override
  public ErrorCategory category() {
    return busy ? ErrorCategory.BUSY : ErrorCategory.TRANSPORT;
  }

  private static String message(Map<String, ? extends Throwable> reasons) {
    if (reasons.isEmpty()) {
      return "No node to send the request to: the query plan is empty. Check the local data centre,"
          + " the node filters and the contact points";
    }
    StringBuilder text = new StringBuilder();
    text.append(allBusy(reasons) ? "All nodes are busy: " : "No node could take the request: ");
    int shown = 0;
    for (Map.Entry<String, ? extends Throwable> reason : reasons.entrySet()) {
      if (shown == SHOWN) {
        text.append("; and ").append(reasons.size() - SHOWN).append(" more");
        break;
      }
      text.append(shown == 0 ? "" : "; ")
          .append(reason.getKey())
          .append(": ")
          .append(reason.getValue().getMessage());
      shown++;
    }
    return text.toString();
  }

  private static boolean allBusy(Map<String, ? extends Throwable> reasons) {
    for (Throwable reason : reasons.values()) {
      if (!(reason instanceof CqlException known) || known.category() != ErrorCategory.BUSY) {
        return false;
      }
    }
    return !reasons.isEmpty();
  }

  private static @Nullable Throwable lastOf(Map<String, ? extends Throwable> reasons) {
    Throwable last = null;
    for (Throwable reason : reasons.values()) {
      last = reason;
    }
    return last;
  }
}
