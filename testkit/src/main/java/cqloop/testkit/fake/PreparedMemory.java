package cqloop.testkit.fake;

import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Loop-owned, except {@link #declare}. What a node would answer to PREPARE, and what it has. */
final class PreparedMemory {
  private record Known(String cql, PreparedReply reply) {}

  private final Map<String, PreparedReply> declared = new ConcurrentHashMap<>();
  private final Map<String, Known> byId = new HashMap<>();

  /** Any thread: says what PREPARE of a text returns. */
  void declare(String cql, PreparedReply reply) {
    declared.put(cql, reply);
  }

  @Nullable PreparedReply declared(String cql) {
    return declared.get(cql);
  }

  void remember(String cql, PreparedReply reply) {
    byId.put(hex(reply.idFor(cql)), new Known(cql, reply));
  }

  void forget() {
    byId.clear();
  }

  @Nullable PreparedReply reply(byte[] id) {
    Known known = byId.get(hex(id));
    return known == null ? null : known.reply;
  }

  /** The text that EXECUTE refers to, or null. */
  @Nullable String textOf(RequestBody body) {
    Known known = body instanceof RequestBody.Execute execute ? byId.get(hex(execute.id())) : null;
    return known == null ? null : known.cql;
  }

  private static String hex(byte[] id) {
    return HexFormat.of().formatHex(id);
  }
}
