package cqloop.netty.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.datastax.oss.protocol.internal.Frame;
import com.datastax.oss.protocol.internal.request.Batch;
import cqloop.BatchType;
import cqloop.Consistency;
import cqloop.ProtocolVersion;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Any texts and bytes within requests: native-protocol, as a server, reads them back. */
class RequestFuzz {

  @FuzzTest(maxDuration = "30s")
  void startup(FuzzedDataProvider data) {
    Map<String, String> options = new LinkedHashMap<>();
    options.put("CQL_VERSION", "3.0.0");
    options.put(text(data), text(data));
    check(
        data,
        new Startup(options),
        frame -> ((com.datastax.oss.protocol.internal.request.Startup) frame.message).options,
        options);
  }

  @FuzzTest(maxDuration = "30s")
  void register(FuzzedDataProvider data) {
    List<String> types = List.of(text(data), text(data));
    check(
        data,
        new Register(types),
        frame -> ((com.datastax.oss.protocol.internal.request.Register) frame.message).eventTypes,
        types);
  }

  @FuzzTest(maxDuration = "30s")
  void authResponse(FuzzedDataProvider data) {
    byte[] token = data.consumeBytes(100);
    check(
        data,
        new AuthResponse(token),
        frame ->
            ((com.datastax.oss.protocol.internal.request.AuthResponse) frame.message).token.array(),
        token);
  }

  @FuzzTest(maxDuration = "30s")
  void prepare(FuzzedDataProvider data) {
    String cql = text(data);
    check(
        data,
        new Prepare(cql, null, Envelope.PLAIN),
        frame -> ((com.datastax.oss.protocol.internal.request.Prepare) frame.message).cqlQuery,
        cql);
  }

  @FuzzTest(maxDuration = "30s")
  void query(FuzzedDataProvider data) {
    QueryParameters parameters = parameters(data);
    String cql = text(data);
    check(
        data,
        Query.of(cql, parameters),
        frame -> {
          var query = (com.datastax.oss.protocol.internal.request.Query) frame.message;
          return List.of(query.query, query.options.consistency, query.options.pageSize);
        },
        List.of(cql, parameters.consistency().protocolCode(), pageSize(parameters)));
  }

  @FuzzTest(maxDuration = "30s")
  void execute(FuzzedDataProvider data) {
    byte[] id = data.consumeBytes(100);
    Execute execute =
        new PlainExecute(
            new PreparedId(id, new byte[1], data.pickValue(PreparedId.Skip.values())),
            parameters(data),
            null,
            QueryParameters.NO_TIMESTAMP,
            Envelope.PLAIN);
    check(
        data,
        execute,
        frame -> ((com.datastax.oss.protocol.internal.request.Execute) frame.message).queryId,
        id);
  }

  @FuzzTest(maxDuration = "30s")
  void batch(FuzzedDataProvider data) {
    List<String> statements = new ArrayList<>();
    for (int i = data.consumeInt(0, 5); i > 0; i--) {
      statements.add(text(data));
    }
    check(
        data,
        new cqloop.netty.message.Batch(
            BatchType.UNLOGGED,
            statements.stream().map(cql -> BatchEntry.text(cql, null)).toList(),
            parameters(data),
            QueryParameters.NO_TIMESTAMP,
            Envelope.PLAIN),
        frame -> ((Batch) frame.message).queriesOrIds,
        statements);
  }

  private static <T> void check(
      FuzzedDataProvider data, Request request, Function<Frame, T> read, T expected) {
    ProtocolVersion version = data.pickValue(ProtocolVersion.values());
    FrameWriter writer =
        new FrameWriter(UnpooledByteBufAllocator.DEFAULT, Features.of(version), 1 << 20);
    writer.append(request, 1);
    ByteBuf out = writer.take();
    try {
      Frame frame = Oracle.server().decode(out);
      assertThat(read.apply(frame)).isEqualTo(expected);
      assertThat(out.isReadable()).isFalse();
    } finally {
      out.release();
    }
  }

  private static QueryParameters parameters(FuzzedDataProvider data) {
    return QueryParameters.of(
        data.pickValue(Consistency.values()), data.consumeInt(-1, Integer.MAX_VALUE));
  }

  private static int pageSize(QueryParameters parameters) {
    return parameters.pageSize() > 0 ? parameters.pageSize() : -1;
  }

  /** A lone surrogate has no UTF-8, so it cannot come back. */
  private static String text(FuzzedDataProvider data) {
    return data.consumeString(200).replaceAll("\\p{Cs}", "?");
  }
}
