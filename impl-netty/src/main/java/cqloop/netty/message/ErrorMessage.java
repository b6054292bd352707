package cqloop.netty.message;

import cqloop.netty.wire.BodyReader;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Value. ERROR. Codes, write types and consistencies that are not known are passed on as they are.
 *
 * @param code one of the constants here or any other number
 */
public record ErrorMessage(ResponsePrefix prefix, int code, String message, ErrorDetail detail)
    implements Response {

  // native_protocol_v5.spec, 9. Error codes.
  public static final int SERVER_ERROR = 0x0000;
  public static final int PROTOCOL_ERROR = 0x000A;
  public static final int BAD_CREDENTIALS = 0x0100;
  public static final int UNAVAILABLE = 0x1000;
  public static final int OVERLOADED = 0x1001;
  public static final int IS_BOOTSTRAPPING = 0x1002;
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

  private static final int UNKNOWN = -1;
  private static final int FAILURE_BYTES = 1 + 4 + 2;

  static ErrorMessage read(BodyReader in, ResponsePrefix prefix, Features features) {
    int code = in.readInt("error code");
    String message = in.readString("error message");
    return new ErrorMessage(prefix, code, message, readDetail(in, code, features));
  }

  private static ErrorDetail readDetail(BodyReader in, int code, Features features) {
    if (features.isRateLimit(code)) {
      return new ErrorDetail.RateLimit(
          in.readByte("operation") != 0, in.readByte("rejected by coordinator") != 0);
    }
    return switch (code) {
      case UNAVAILABLE ->
          new ErrorDetail.Unavailable(
              in.readShort("consistency"),
              in.readInt("required replicas"),
              in.readInt("alive replicas"));
      case WRITE_TIMEOUT, READ_TIMEOUT, CAS_WRITE_UNKNOWN -> readTimeout(in, code);
      case READ_FAILURE, WRITE_FAILURE -> readFailure(in, code, features);
      case FUNCTION_FAILURE ->
          new ErrorDetail.FunctionFailure(
              in.readString("keyspace of the function"),
              in.readString("name of the function"),
              in.readStringList("arguments of the function"));
      case ALREADY_EXISTS ->
          new ErrorDetail.AlreadyExists(in.readString("keyspace"), in.readString("table"));
      case UNPREPARED -> new ErrorDetail.Unprepared(in.readShortBytes("prepared id"));
      default -> ErrorDetail.None.INSTANCE;
    };
  }

  private static ErrorDetail readTimeout(BodyReader in, int code) {
    int consistency = in.readShort("consistency");
    int received = in.readInt("received answers");
    int required = in.readInt("required answers");
    String writeType = code == WRITE_TIMEOUT ? in.readString("write type") : null;
    boolean dataPresent = code == READ_TIMEOUT && in.readByte("data present") != 0;
    // Only v5 tells it, and only some server versions.
    boolean told = "CAS".equals(writeType) && in.remaining() >= Short.BYTES;
    int contentions = told ? in.readShort("contentions") : UNKNOWN;
    return new ErrorDetail.Timeout(
        consistency, received, required, writeType, dataPresent, contentions);
  }

  private static ErrorDetail readFailure(BodyReader in, int code, Features features) {
    int consistency = in.readShort("consistency");
    int received = in.readInt("received answers");
    int required = in.readInt("required answers");
    Map<InetAddress, Integer> reasons = new LinkedHashMap<>();
    int failures;
    if (features.failureReasons()) {
      failures = in.readCount(FAILURE_BYTES, "failed replicas");
      for (int i = 0; i < failures; i++) {
        reasons.put(in.readInetAddress("failed replica"), in.readShort("reason of a failure"));
      }
    } else {
      failures = in.readInt("failed replicas");
    }
    String writeType = code == WRITE_FAILURE ? in.readString("write type") : null;
    boolean dataPresent = code == READ_FAILURE && in.readByte("data present") != 0;
    return new ErrorDetail.Failure(
        consistency, received, required, failures, reasons, writeType, dataPresent);
  }
}
