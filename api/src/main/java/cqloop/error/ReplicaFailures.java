package cqloop.error;

import java.net.InetAddress;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Value. Words and copies for the errors that name the replicas which failed. */
final class ReplicaFailures {

  // More would hide the rest of the message; failures() has them all.
  private static final int SHOWN = 5;

  private ReplicaFailures() {}

  static Map<InetAddress, Integer> copy(Map<InetAddress, Integer> failures) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(failures));
  }

  /** Returns for example {@code 2 failed (/10.0.0.1: reason 1, /10.0.0.2: reason 0)}. */
  static String describe(int count, Map<InetAddress, Integer> failures) {
    StringBuilder text = new StringBuilder().append(count).append(" failed");
    int shown = 0;
    for (Map.Entry<InetAddress, Integer> failure : failures.entrySet()) {
      if (shown == SHOWN) {
        text.append(", and ").append(failures.size() - SHOWN).append(" more");
        break;
      }
      text.append(shown == 0 ? " (" : ", ")
          .append(failure.getKey().getHostAddress())
          .append(": reason ")
          .append(failure.getValue());
      shown++;
    }
    return shown == 0 ? text.toString() : text.append(')').toString();
  }
}
