package cqloop.testkit.fake;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Value. Decodes the bodies of requests; native_protocol_v5.spec §4.1. */
public final class RequestDecoder {
  private static final int PREPARE_WITH_KEYSPACE = 0x01;
  private static final int CHILD_TEXT = 0;
  private static final int CHILD_PREPARED = 1;

  private final Dialect dialect;

  /** Decodes the layout of one connection. */
  public RequestDecoder(Dialect dialect) {
    this.dialect = dialect;
  }

  /**
   * Value. The decoded parts of a request.
   *
   * @param payload its custom payload
   * @param body its message
   */
  public record Decoded(Map<String, byte @Nullable []> payload, RequestBody body) {}

  /**
   * Decodes a frame whose body is not compressed any more.
   *
   * @throws WireFormatException when the body does not follow the specification
   */
  public Decoded decode(Frame frame) {
    Opcode opcode = frame.opcode();
    if (opcode == null) {
      throw new WireFormatException("opcode " + frame.opcodeByte() + " is not known");
    }
    WireReader in = new WireReader(frame.body());
    Map<String, byte @Nullable []> payload =
        frame.hasFlag(Frame.FLAG_PAYLOAD) ? in.readBytesMap() : Map.of();
    RequestBody body = message(opcode, in);
    in.expectEnd(opcode.name());
    return new Decoded(payload, body);
  }

  private RequestBody message(Opcode opcode, WireReader in) {
    switch (opcode) {
      case OPTIONS:
        return new RequestBody.Empty();
      case STARTUP:
        return new RequestBody.Startup(in.readStringMap());
      case REGISTER:
        return new RequestBody.Register(in.readStringList());
      case AUTH_RESPONSE:
        return new RequestBody.AuthResponse(in.readBytes());
      case QUERY:
        return new RequestBody.Query(in.readLongString(), parameters(in, false));
      case PREPARE:
        return prepare(in);
      case EXECUTE:
        return new RequestBody.Execute(
            in.readShortBytes(),
            dialect.resultMetadataId() ? in.readShortBytes() : null,
            parameters(in, false));
      case BATCH:
        return batch(in);
      case REVISE_REQUEST:
        return revise(in);
      default:
        throw new WireFormatException(opcode + " is not a request");
    }
  }

  private RequestBody prepare(WireReader in) {
    String cql = in.readLongString();
    String keyspace = null;
    if (dialect.version().hasRequestKeyspace() && (in.readInt() & PREPARE_WITH_KEYSPACE) != 0) {
      keyspace = in.readString();
    }
    return new RequestBody.Prepare(cql, keyspace);
  }

  private RequestBody batch(WireReader in) {
    int type = in.readByte();
    int count = in.readShort();
    List<RequestBody.BatchChild> children = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int kind = in.readByte();
      if (kind != CHILD_TEXT && kind != CHILD_PREPARED) {
        throw new WireFormatException("batch statement " + i + " has kind " + kind);
      }
      String cql = kind == CHILD_TEXT ? in.readLongString() : null;
      byte[] id = kind == CHILD_PREPARED ? in.readShortBytes() : null;
      children.add(new RequestBody.BatchChild(cql, id, values(in)));
    }
    return new RequestBody.Batch(type, List.copyOf(children), parameters(in, true));
  }

  private static List<WireValue> values(WireReader in) {
    int count = in.readShort();
    List<WireValue> values = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      values.add(in.readValue());
    }
    return List.copyOf(values);
  }

  private static RequestBody revise(WireReader in) {
    List<Integer> fields = new ArrayList<>();
    while (in.remaining() > 0) {
      fields.add(in.readInt());
    }
    return new RequestBody.Revise(List.copyOf(fields));
  }

  private QueryParameters parameters(WireReader in, boolean batch) {
    return new QueryParameters(in, dialect.version(), batch);
  }
}
