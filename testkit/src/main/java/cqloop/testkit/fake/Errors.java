package cqloop.testkit.fake;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** Value. ERROR messages with the fields of each code; native_protocol_v5.spec §9. */
public final class Errors {
  public static final int SERVER_ERROR = 0x0000;
  public static final int PROTOCOL_ERROR = 0x000A;
  public static final int BAD_CREDENTIALS = 0x0100;
  public static final int UNAVAILABLE = 0x1000;
  public static final int OVERLOADED = 0x1001;
  public static final int BOOTSTRAPPING = 0x1002;
  public static final int TRUNCATE_ERROR = 0x1003;
  public static final int WRITE_TIMEOUT = 0x1100;
  public static final int READ_TIMEOUT = 0x1200;
  public static final int READ_FAILURE = 0x1300;
  public static final int FUNCTION_FAILURE = 0x1400;
  public static final int WRITE_FAILURE = 0x1500;
  public static final int CDC_WRITE_FAILURE = 0x1600;
  public static final int CAS_WRITE_UNKNOWN = 0x1700;
  public static final int SYNTAX_ERROR = 0x2000;
  public static final int UNAUTHORIZED = 0x2100;
  public static final int INVALID = 0x2200;
  public static final int CONFIG_ERROR = 0x2300;
  public static final int ALREADY_EXISTS = 0x2400;
  public static final int UNPREPARED = 0x2500;
  public static final int CLIENT_WRITE_FAILURE = 0x8000;

  /**
   * Value. How many replicas answered: the fields that timeouts and failures share.
   *
   * @param consistency the consistency level as its number
   * @param received how many replicas answered
   * @param required how many had to
   */
  public record Responses(int consistency, int received, int required) {}

  private Errors() {}

  /** Any code that has no fields of its own: code and text. */
  public static Reply error(int code, String message) {
    return of(code, message, (out, context) -> {});
  }

  /** Any code with fields written by hand. */
  public static Reply error(int code, String message, byte[] fields) {
    byte[] copy = fields.clone();
    return of(code, message, (out, context) -> out.writeRaw(copy));
  }

  /** Unavailable: consistency, required and alive replicas. */
  public static Reply unavailable(int consistency, int required, int alive) {
    return of(
        UNAVAILABLE,
        "Cannot achieve consistency level",
        (out, context) -> out.writeShort(consistency).writeInt(required).writeInt(alive));
  }

  /** Write timeout; a CAS write of v5 carries {@code contentions} as well. */
  public static Reply writeTimeout(Responses responses, String writeType, int contentions) {
    return of(
        WRITE_TIMEOUT,
        "Operation timed out",
        (out, context) -> {
          write(out, responses);
          out.writeString(writeType);
          if (writeType.equals("CAS") && context.dialect().version() == WireVersion.V5) {
            out.writeShort(contentions);
          }
        });
  }

  /** Write timeout of a kind that has no contentions. */
  public static Reply writeTimeout(Responses responses, String writeType) {
    return writeTimeout(responses, writeType, 0);
  }

  /** Read timeout. */
  public static Reply readTimeout(Responses responses, boolean dataPresent) {
    return of(
        READ_TIMEOUT,
        "Operation timed out",
        (out, context) -> {
          write(out, responses);
          out.writeByte(dataPresent ? 1 : 0);
        });
  }

  /** Read failure; v3 and v4 are told only how many replicas failed. */
  public static Reply readFailure(
      Responses responses, Map<InetAddress, Integer> reasons, boolean dataPresent) {
    return of(
        READ_FAILURE,
        "Operation failed",
        (out, context) -> {
          write(out, responses);
          writeReasons(out, context.dialect().version(), reasons);
          out.writeByte(dataPresent ? 1 : 0);
        });
  }

  /** Write failure; v3 and v4 are told only how many replicas failed. */
  public static Reply writeFailure(
      Responses responses, Map<InetAddress, Integer> reasons, String writeType) {
    return of(
        WRITE_FAILURE,
        "Operation failed",
        (out, context) -> {
          write(out, responses);
          writeReasons(out, context.dialect().version(), reasons);
          out.writeString(writeType);
        });
  }

  /** Function failure. */
  public static Reply functionFailure(String keyspace, String function, List<String> arguments) {
    return of(
        FUNCTION_FAILURE,
        "execution of '" + keyspace + "." + function + "' failed",
        (out, context) ->
            out.writeString(keyspace).writeString(function).writeStringList(arguments));
  }

  /** A conditional write of which nobody knows the outcome. */
  public static Reply casWriteUnknown(Responses responses) {
    return of(
        CAS_WRITE_UNKNOWN,
        "CAS operation result is unknown",
        (out, context) -> write(out, responses));
  }

  /** The object exists; {@code table} is empty for a keyspace. */
  public static Reply alreadyExists(String keyspace, String table) {
    return of(
        ALREADY_EXISTS,
        "Cannot add already existing object",
        (out, context) -> out.writeString(keyspace).writeString(table));
  }

  /** The node does not know the prepared statement. */
  public static Reply unprepared(byte[] id) {
    byte[] copy = id.clone();
    return of(
        UNPREPARED,
        "Prepared query with ID not found",
        (out, context) -> out.writeShortBytes(copy));
  }

  /** ScyllaDB's rate limit; the code is the one that its SUPPORTED announced. */
  public static Reply rateLimit(int code, boolean write, boolean byCoordinator) {
    return of(
        code,
        "Per-partition rate limit reached",
        (out, context) -> out.writeByte(write ? 1 : 0).writeByte(byCoordinator ? 1 : 0));
  }

  private static Reply of(int code, String message, BiConsumer<WireWriter, Reply.Context> fields) {
    return new SimpleReply(
        Opcode.ERROR,
        (out, context) -> {
          out.writeInt(code).writeString(message);
          fields.accept(out, context);
        });
  }

  private static void write(WireWriter out, Responses responses) {
    out.writeShort(responses.consistency())
        .writeInt(responses.received())
        .writeInt(responses.required());
  }

  private static void writeReasons(
      WireWriter out, WireVersion version, Map<InetAddress, Integer> reasons) {
    out.writeInt(reasons.size());
    if (version.hasFailureReasons()) {
      reasons.forEach((address, code) -> out.writeInetAddress(address).writeShort(code));
    }
  }
}
