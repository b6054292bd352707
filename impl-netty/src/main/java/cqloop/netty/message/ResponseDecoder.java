package cqloop.netty.message;

import cqloop.error.ProtocolViolation;
import cqloop.netty.wire.BigEndian;
import cqloop.netty.wire.BodyReader;
import cqloop.netty.wire.FrameHeader;

/** Loop-owned. Reads the body of one response. */
public final class ResponseDecoder {

  // native_protocol_v5.spec, 4.2.5.
  private static final int VOID = 1;
  private static final int ROWS = 2;
  private static final int SET_KEYSPACE = 3;
  private static final int PREPARED = 4;
  private static final int SCHEMA_CHANGE = 5;

  private static final int METADATA_FLAGS_AT = 4;
  private static final int COLUMN_COUNT_AT = 8;
  private static final int ROW_COUNT_AT = 12;
  private static final int FIRST_CELL_AT = 16;

  private static final int PREFIXES =
      FrameHeader.TRACING | FrameHeader.WARNING | FrameHeader.CUSTOM_PAYLOAD;

  private ResponseDecoder() {}

  /**
   * Returns the message of a frame. {@link RowsResult} keeps the array, all others copy.
   *
   * @param opcode of the frame
   * @param flags of the frame
   * @param length bytes of the body that count
   * @throws ProtocolViolation when the body is malformed; the frames behind it are not affected
   */
  public static Response decode(int opcode, int flags, byte[] body, int length, Features features) {
    if (opcode == Opcode.RESULT && (flags & PREFIXES) == 0 && isPlainRows(body, length)) {
      int columnCount = BigEndian.getInt(body, COLUMN_COUNT_AT);
      return new RowsResult(ResponsePrefix.NONE, body, length, ROW_COUNT_AT, columnCount, null);
    }
    BodyReader in = new BodyReader(body, 0, length, Opcode.nameOf(opcode));
    return decode(opcode, ResponsePrefix.read(in, flags), in, body, length, features);
  }

  /** The usual answer to EXECUTE: rows without metadata, all on one page. */
  private static boolean isPlainRows(byte[] body, int length) {
    return length >= FIRST_CELL_AT
        && BigEndian.getInt(body, 0) == ROWS
        && BigEndian.getInt(body, METADATA_FLAGS_AT) == RowsMetadata.NO_METADATA;
  }

  private static Response decode(
      int opcode,
      ResponsePrefix prefix,
      BodyReader in,
      byte[] body,
      int length,
      Features features) {
    return switch (opcode) {
      case Opcode.RESULT -> decodeResult(prefix, in, body, length, features);
      // Servers append fields to errors within one version: what follows is not checked.
      case Opcode.ERROR -> ErrorMessage.read(in, prefix, features);
      case Opcode.EVENT -> Event.read(in, prefix);
      default -> decodeHandshake(opcode, prefix, in);
    };
  }

  private static Response decodeHandshake(int opcode, ResponsePrefix prefix, BodyReader in) {
    Response response =
        switch (opcode) {
          case Opcode.READY -> new Ready(prefix);
          case Opcode.SUPPORTED -> new Supported(prefix, in.readStringMultimap("options"));
          case Opcode.AUTHENTICATE -> new Authenticate(prefix, in.readString("authenticator"));
          case Opcode.AUTH_CHALLENGE -> new AuthChallenge(prefix, in.readBytes("token"));
          case Opcode.AUTH_SUCCESS -> new AuthSuccess(prefix, in.readBytes("token"));
          default ->
              throw new ProtocolViolation(
                  "The server sent %s, which only a client may send"
                      .formatted(Opcode.nameOf(opcode)));
        };
    in.requireEnd();
    return response;
  }

  private static Result decodeResult(
      ResponsePrefix prefix, BodyReader in, byte[] body, int length, Features features) {
    int kind = in.readInt("kind");
    if (kind == ROWS) {
      return decodeRows(prefix, in, body, length, features);
    }
    Result result =
        switch (kind) {
          case VOID -> prefix == ResponsePrefix.NONE ? VoidResult.PLAIN : new VoidResult(prefix);
          case SET_KEYSPACE -> new SetKeyspace(prefix, in.readString("keyspace"));
          case PREPARED -> decodePrepared(prefix, in, features);
          case SCHEMA_CHANGE -> SchemaChange.read(in, prefix);
          default -> throw in.violation("kind", "it is %s, known are 1..5".formatted(kind));
        };
    in.requireEnd();
    return result;
  }

  private static RowsResult decodeRows(
      ResponsePrefix prefix, BodyReader in, byte[] body, int length, Features features) {
    RowsMetadata metadata = RowsMetadata.ofRows(in, features);
    int rowCountAt = in.position();
    in.skip(Integer.BYTES, "row count");
    return new RowsResult(prefix, body, length, rowCountAt, metadata.columnCount, metadata);
  }

  private static Prepared decodePrepared(ResponsePrefix prefix, BodyReader in, Features features) {
    byte[] id = in.readShortBytes("prepared id");
    byte[] metadataId =
        features.resultMetadataId() ? in.readShortBytes("result metadata id") : null;
    RowsMetadata variables = RowsMetadata.ofVariables(in, features);
    RowsMetadata result = RowsMetadata.ofRows(in, features);
    int mask = features.lwtMask();
    return new Prepared(
        prefix,
        id,
        metadataId,
        RowsMetadata.columnsOrNone(variables),
        variables.partitionKey,
        mask != 0 && (variables.flags & mask) == mask,
        RowsMetadata.columnsOrNone(result));
  }
}
