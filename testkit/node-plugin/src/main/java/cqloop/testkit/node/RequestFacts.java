package cqloop.testkit.node;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.cassandra.cql3.BatchQueryOptions;
import org.apache.cassandra.cql3.QueryOptions;
import org.apache.cassandra.service.ClientState;
import org.apache.cassandra.service.pager.PagingState;
import org.apache.cassandra.tracing.Tracing;
import org.jspecify.annotations.Nullable;

/** Collects what arrived with one request, under the names of testkit's RecordedRequest. */
final class RequestFacts {
  private final Map<String, @Nullable Object> facts = new LinkedHashMap<>();

  private RequestFacts(String kind, List<String> statements) {
    facts.put("kind", kind);
    facts.put("statements", statements);
  }

  static RequestFacts of(
      String kind,
      List<String> statements,
      ClientState client,
      @Nullable Map<String, ByteBuffer> payload) {
    RequestFacts request = new RequestFacts(kind, statements);
    request.client(client);
    request.payload(payload);
    return request;
  }

  RequestFacts with(QueryOptions options) {
    shared(options);
    List<ByteBuffer> values = options.getValues();
    facts.put("values", List.of(values == null ? 0 : values.size()));
    facts.put("pageSize", options.getPageSize());
    PagingState state = options.getPagingState();
    facts.put(
        "pagingState", state == null ? null : hex(state.serialize(options.getProtocolVersion())));
    facts.put("skipMetadata", options.skipMetadata());
    return this;
  }

  RequestFacts with(BatchQueryOptions batch, String type) {
    shared(ServerFacts.wrapped(batch));
    List<Integer> counts = new ArrayList<>();
    for (int i = 0; i < batch.getQueryOrIdList().size(); i++) {
      List<ByteBuffer> values = batch.forStatement(i).getValues();
      counts.add(values == null ? 0 : values.size());
    }
    facts.put("values", counts);
    facts.put("batchType", type);
    return this;
  }

  String toJson() {
    return Json.object(facts);
  }

  private void shared(QueryOptions options) {
    facts.put("protocol", options.getProtocolVersion().asInt());
    facts.put("consistency", options.getConsistency());
    // Not sent and SERIAL look alike here.
    facts.put("serialConsistency", options.getSerialConsistency());
    facts.put("timestamp", ServerFacts.timestamp(options));
    facts.put("nowInSeconds", ServerFacts.nowInSeconds(options));
    facts.put("keyspace", ServerFacts.keyspace(options));
  }

  private void client(ClientState client) {
    facts.put("connectionKeyspace", client.getRawKeyspace());
    facts.put("user", client.getUser() == null ? null : client.getUser().getName());
    facts.put("client", client.getRemoteAddress());
    facts.put("driverName", ServerFacts.driverName(client));
    facts.put("driverVersion", ServerFacts.driverVersion(client));
    facts.put("startupOptions", ServerFacts.startupOptions(client));
    facts.put("tracing", Tracing.isTracing());
  }

  private void payload(@Nullable Map<String, ByteBuffer> payload) {
    Map<String, @Nullable Object> entries = new LinkedHashMap<>();
    if (payload != null) {
      payload.forEach((key, value) -> entries.put(key, value == null ? null : hex(value)));
    }
    facts.put("payload", entries);
  }

  private static String hex(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
