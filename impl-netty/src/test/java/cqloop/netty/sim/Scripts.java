package cqloop.netty.sim;

import cqloop.testkit.fake.Errors;
import cqloop.testkit.fake.Replies;
import cqloop.testkit.fake.Reply;
import cqloop.testkit.fake.WireVersion;
import java.util.List;
import java.util.Map;

/** Value. Answers of a server that has no faults. */
public final class Scripts {

  private Scripts() {}

  /** Answers at once: SUPPORTED, READY, SET_KEYSPACE for USE, and no rows for the rest. */
  public static void answerAtOnce(SimServerConnection connection, SimRequest request) {
    connection.answer(request, usual(request));
  }

  /** The usual answer to a request. */
  public static Reply usual(SimRequest request) {
    return switch (request.opcode()) {
      case OPTIONS -> supported(request.version());
      case STARTUP, REGISTER -> Replies.ready();
      case QUERY -> query(request.text());
      case EXECUTE, BATCH -> Replies.voidResult();
      case PREPARE -> Replies.prepared().id(idOf(request.text()));
      default -> Errors.error(Errors.PROTOCOL_ERROR, "not expected: " + request);
    };
  }

  /** SUPPORTED of a server whose highest version is this one. */
  public static Reply supported(WireVersion highest) {
    return Replies.supported(options(highest));
  }

  /** What SUPPORTED tells of a server whose highest version is this one. */
  static Map<String, List<String>> options(WireVersion highest) {
    return Map.of(
        "CQL_VERSION", List.of("3.4.7"),
        "COMPRESSION", List.of("lz4", "snappy"),
        "PROTOCOL_VERSIONS", List.of("3/v3", "4/v4", highest.label()));
  }

  /** The id of a prepared text. */
  public static byte[] idOf(String text) {
    int hash = text.hashCode();
    return new byte[] {
      7, (byte) (hash >>> 24), (byte) (hash >>> 16), (byte) (hash >>> 8), (byte) hash
    };
  }

  private static Reply query(String text) {
    return text.startsWith("USE ")
        ? Replies.setKeyspace(text.substring(4).replace("\"", ""))
        : Replies.voidResult();
  }
}
