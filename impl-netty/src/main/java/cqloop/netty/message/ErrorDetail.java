package cqloop.netty.message;

import cqloop.Consistency;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Value. The fields of an ERROR beyond code and message. */
public sealed interface ErrorDetail {

  /** The code has no fields, or is not known. */
  record None() implements ErrorDetail {
    static final None INSTANCE = new None();
  }

  /** Of code 0x1000. */
  record Unavailable(int consistencyCode, int required, int alive) implements ErrorDetail {}

  /**
   * Of codes 0x1100, 0x1200 and 0x1700.
   *
   * @param writeType of a write, as the server names it; null otherwise
   * @param dataPresent of a read
   * @param contentions how often Paxos was tried, -1 when not told
   */
  record Timeout(
      int consistencyCode,
      int received,
      int required,
      @Nullable String writeType,
      boolean dataPresent,
      int contentions)
      implements ErrorDetail {}

  /**
   * Of codes 0x1300 and 0x1500.
   *
   * @param failures how many replicas failed
   * @param reasons number of the reason by replica; empty before v5
   * @param writeType of a write, as the server names it; null for a read
   * @param dataPresent of a read
   */
  record Failure(
      int consistencyCode,
      int received,
      int required,
      int failures,
      Map<InetAddress, Integer> reasons,
      @Nullable String writeType,
      boolean dataPresent)
      implements ErrorDetail {}

  /** Of code 0x1400. */
  record FunctionFailure(String keyspace, String function, List<String> argumentTypes)
      implements ErrorDetail {}

  /** Of code 0x2400; the table is empty when the keyspace exists. */
  record AlreadyExists(String keyspace, String table) implements ErrorDetail {}

  /** Of code 0x2500. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  record Unprepared(byte[] id) implements ErrorDetail {}

  /** Of the code that ScyllaDB names in SUPPORTED. */
  record RateLimit(boolean write, boolean rejectedByCoordinator) implements ErrorDetail {}

  /** Returns the consistency with this number, or null when it is not known. */
  static @Nullable Consistency consistency(int code) {
    return code >= 0 && code <= Consistency.LOCAL_ONE.protocolCode()
        ? Consistency.ofProtocolCode(code)
        : null;
  }
}
