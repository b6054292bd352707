package cqloop.testkit.fake;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Value. A request that reached the server: its frame, its decoded body, and where it came in. */
public final class Request {
  /**
   * Value. Where a request came in.
   *
   * @param connection which connection of the node, counted from 1 in the order of acceptance
   * @param onConnection which request of that connection, counted from 1
   * @param onNode which request of the node, counted from 1
   */
  public record Origin(int connection, int onConnection, long onNode) {}

  private final Origin origin;
  private final Frame frame;
  private final Dialect dialect;
  private final RequestDecoder.Decoded decoded;
  private final @Nullable String preparedCql;

  Request(
      Origin origin,
      Frame frame,
      Dialect dialect,
      RequestDecoder.Decoded decoded,
      @Nullable String preparedCql) {
    this.origin = origin;
    this.frame = frame;
    this.dialect = dialect;
    this.decoded = decoded;
    this.preparedCql = preparedCql;
  }

  /** Where the request came in. */
  public Origin origin() {
    return origin;
  }

  /** The frame, with its body after decompression. */
  public Frame frame() {
    return frame;
  }

  /** The message kind. */
  public Opcode opcode() {
    Opcode opcode = frame.opcode();
    if (opcode == null) {
      throw new IllegalStateException("a decoded request has a known opcode");
    }
    return opcode;
  }

  /** The stream id. */
  public int streamId() {
    return frame.streamId();
  }

  /** The protocol version. */
  public WireVersion version() {
    return dialect.version();
  }

  /** How bodies are laid out on the connection. */
  public Dialect dialect() {
    return dialect;
  }

  /** Whether the request asks for tracing. */
  public boolean tracing() {
    return frame.hasFlag(Frame.FLAG_TRACING);
  }

  /** The custom payload; empty when there is none. */
  public Map<String, byte @Nullable []> payload() {
    return Collections.unmodifiableMap(decoded.payload());
  }

  /** The decoded body. */
  public RequestBody body() {
    return decoded.body();
  }

  /**
   * The text of QUERY and PREPARE, and the text that was prepared for EXECUTE when this node knows
   * it; null for everything else.
   */
  public @Nullable String cql() {
    if (body() instanceof RequestBody.Query query) {
      return query.cql();
    }
    return body() instanceof RequestBody.Prepare prepare ? prepare.cql() : preparedCql;
  }

  /** The id of EXECUTE, or null. */
  public byte @Nullable [] preparedId() {
    return body() instanceof RequestBody.Execute execute ? execute.id().clone() : null;
  }

  /** The parameters of QUERY, EXECUTE and BATCH, or null. */
  public @Nullable QueryParameters parameters() {
    if (body() instanceof RequestBody.Query query) {
      return query.parameters();
    }
    if (body() instanceof RequestBody.Execute execute) {
      return execute.parameters();
    }
    return body() instanceof RequestBody.Batch batch ? batch.parameters() : null;
  }

  /** The values of QUERY and EXECUTE; empty for everything else. */
  public List<WireValue> values() {
    QueryParameters parameters = parameters();
    return parameters == null ? List.of() : parameters.values();
  }

  /** The statements of BATCH; empty for everything else. */
  public List<RequestBody.BatchChild> batch() {
    return body() instanceof RequestBody.Batch batch ? batch.children() : List.of();
  }

  /** The options of STARTUP; empty for everything else. */
  public Map<String, String> startupOptions() {
    return body() instanceof RequestBody.Startup startup ? startup.options() : Map.of();
  }

  /** The event types of REGISTER; empty for everything else. */
  public List<String> eventTypes() {
    return body() instanceof RequestBody.Register register ? register.eventTypes() : List.of();
  }

  @Override
  public String toString() {
    String cql = cql();
    return "connection "
        + origin.connection()
        + " #"
        + origin.onConnection()
        + ": "
        + frame
        + (cql == null ? "" : ", \"" + cql + '"');
  }
}
