package cqloop.netty.message;

import com.datastax.oss.protocol.internal.Frame;
import com.datastax.oss.protocol.internal.Message;
import com.datastax.oss.protocol.internal.response.AuthChallenge;
import com.datastax.oss.protocol.internal.response.AuthSuccess;
import com.datastax.oss.protocol.internal.response.Authenticate;
import com.datastax.oss.protocol.internal.response.Supported;
import com.datastax.oss.protocol.internal.response.error.AlreadyExists;
import com.datastax.oss.protocol.internal.response.error.FunctionFailure;
import com.datastax.oss.protocol.internal.response.error.ReadFailure;
import com.datastax.oss.protocol.internal.response.error.Unavailable;
import com.datastax.oss.protocol.internal.response.error.Unprepared;
import com.datastax.oss.protocol.internal.response.error.WriteFailure;
import com.datastax.oss.protocol.internal.response.error.WriteTimeout;
import com.datastax.oss.protocol.internal.response.event.SchemaChangeEvent;
import com.datastax.oss.protocol.internal.response.event.StatusChangeEvent;
import com.datastax.oss.protocol.internal.response.result.ColumnSpec;
import com.datastax.oss.protocol.internal.response.result.DefaultRows;
import com.datastax.oss.protocol.internal.response.result.Prepared;
import com.datastax.oss.protocol.internal.response.result.RawType;
import com.datastax.oss.protocol.internal.response.result.RowsMetadata;
import com.datastax.oss.protocol.internal.response.result.SchemaChange;
import com.datastax.oss.protocol.internal.response.result.SetKeyspace;
import cqloop.ProtocolVersion;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** One good body of each response, to be damaged. */
final class Bodies {

  /** A response: opcode and flags of its frame, and its body. */
  record Body(String name, int opcode, int flags, byte[] bytes) {

    boolean hasCells() {
      return name.startsWith("DefaultRows");
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private Bodies() {}

  static List<Body> all(ProtocolVersion version) {
    InetAddress node = InetAddress.getLoopbackAddress();
    Map<InetAddress, Integer> reasons = Map.of(node, 1);
    List<Message> messages =
        List.of(
            new Supported(Map.of("CQL_VERSION", List.of("3.4.7", "3.4.6"))),
            new Authenticate("org.apache.cassandra.auth.PasswordAuthenticator"),
            new AuthChallenge(ByteBuffer.wrap(new byte[5])),
            new AuthSuccess(ByteBuffer.wrap(new byte[5])),
            new Unavailable("text", 1, 2, 1),
            new WriteTimeout("text", 1, 2, 1, "CAS"),
            new ReadFailure("text", 1, 2, 1, 1, reasons, true),
            new WriteFailure("text", 1, 2, 1, 1, reasons, "BATCH"),
            new FunctionFailure("text", "ks", "f", List.of("int", "text")),
            new AlreadyExists("text", "ks", "t"),
            new Unprepared("text", new byte[16]),
            new SetKeyspace("ks"),
            new SchemaChange("CREATED", "TABLE", "ks", "t", List.of()),
            new SchemaChangeEvent("CREATED", "TYPE", "ks", "t", List.of()),
            new StatusChangeEvent("UP", new InetSocketAddress(node, 9042)),
            prepared(),
            rows(true),
            rows(false));
    List<Body> bodies = new ArrayList<>();
    for (Message message : messages) {
      bodies.add(body(version, message, false));
      bodies.add(body(version, message, true));
    }
    return bodies;
  }

  private static Body body(ProtocolVersion version, Message message, boolean prefixed) {
    boolean full = prefixed && version != ProtocolVersion.V3;
    Map<String, ByteBuffer> payload = new LinkedHashMap<>();
    if (full) {
      payload.put("key", ByteBuffer.wrap(new byte[3]));
    }
    UUID tracing = prefixed ? new UUID(1, 2) : null;
    List<String> warnings = full ? List.of("careful", "now") : List.of();
    byte[] frame =
        Oracle.encode(
            Oracle.server(),
            Frame.forResponse(version.code(), 1, tracing, payload, warnings, message));
    return new Body(
        message.getClass().getSimpleName() + (prefixed ? " with prefix" : ""),
        frame[4],
        frame[1],
        Arrays.copyOfRange(frame, 9, frame.length));
  }

  private static Prepared prepared() {
    RowsMetadata variables = new RowsMetadata(columns(), null, new int[] {1, 0}, null);
    RowsMetadata results = new RowsMetadata(columns(), null, new int[0], null);
    return new Prepared(new byte[16], new byte[16], variables, results);
  }

  private static DefaultRows rows(boolean withMetadata) {
    ByteBuffer state = ByteBuffer.wrap(new byte[7]);
    int[] none = {};
    ArrayDeque<List<ByteBuffer>> data = new ArrayDeque<>();
    for (int i = 0; i < 3; i++) {
      List<ByteBuffer> row = new ArrayList<>();
      for (int c = 0; c < columns().size(); c++) {
        row.add(c == 1 ? null : ByteBuffer.wrap(new byte[c]));
      }
      data.add(row);
    }
    return new DefaultRows(
        withMetadata
            ? new RowsMetadata(columns(), state, none, null)
            : new RowsMetadata(columns().size(), null, none, null),
        data);
  }

  private static List<ColumnSpec> columns() {
    RawType integer = RawType.PRIMITIVES.get(9);
    RawType text = RawType.PRIMITIVES.get(13);
    RawType user = new RawType.RawUdt("ks", "u", Map.of("f", new RawType.RawList(integer)));
    RawType tuple = new RawType.RawTuple(List.of(integer, text, user));
    RawType map = new RawType.RawMap(text, new RawType.RawSet(tuple));
    RawType vector =
        new RawType.RawCustom(
            "org.apache.cassandra.db.marshal.VectorType("
                + "org.apache.cassandra.db.marshal.FloatType , 3)");
    return List.of(
        new ColumnSpec("ks", "t", "a", 0, integer),
        new ColumnSpec("ks", "t", "b", 1, map),
        new ColumnSpec("ks", "t", "c", 2, vector));
  }
}
