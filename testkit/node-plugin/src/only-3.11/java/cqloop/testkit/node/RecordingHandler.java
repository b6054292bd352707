package cqloop.testkit.node;

import java.nio.ByteBuffer;
import java.util.Map;
import org.apache.cassandra.cql3.BatchQueryOptions;
import org.apache.cassandra.cql3.CQLStatement;
import org.apache.cassandra.cql3.QueryHandler;
import org.apache.cassandra.cql3.QueryOptions;
import org.apache.cassandra.cql3.QueryProcessor;
import org.apache.cassandra.cql3.statements.BatchStatement;
import org.apache.cassandra.cql3.statements.ParsedStatement;
import org.apache.cassandra.service.QueryState;
import org.apache.cassandra.transport.messages.ResultMessage;
import org.apache.cassandra.utils.MD5Digest;
import org.jspecify.annotations.Nullable;

/** The query handler of 3.11: records each request on its way to the server's own. */
public final class RecordingHandler implements QueryHandler {
  private final QueryHandler server = QueryProcessor.instance;
  private final Recorder recorder = new Recorder();

  /** Called by the server, by reflection. */
  public RecordingHandler() {}

  @Override
  public ResultMessage process(
      String cql,
      QueryState state,
      QueryOptions options,
      @Nullable Map<String, ByteBuffer> payload,
      long startNanos) {
    String json = recorder.onQuery(cql, state.getClientState(), options, payload);
    ResultMessage answer = server.process(cql, state, options, payload, startNanos);
    return recorder.echo(answer, json, payload);
  }

  @Override
  public ResultMessage.Prepared prepare(
      String cql, QueryState state, @Nullable Map<String, ByteBuffer> payload) {
    recorder.onPrepare(cql, state.getClientState(), payload);
    return server.prepare(cql, state, payload);
  }

  @Override
  public ParsedStatement.@Nullable Prepared getPrepared(MD5Digest id) {
    ParsedStatement.Prepared prepared = server.getPrepared(id);
    if (prepared != null) {
      recorder.found(id, prepared.statement, prepared.rawCQLStatement);
    }
    return prepared;
  }

  @Override
  public ParsedStatement.@Nullable Prepared getPreparedForThrift(Integer id) {
    return server.getPreparedForThrift(id);
  }

  @Override
  public ResultMessage processPrepared(
      CQLStatement statement,
      QueryState state,
      QueryOptions options,
      @Nullable Map<String, ByteBuffer> payload,
      long startNanos) {
    String json = recorder.onExecute(statement, state.getClientState(), options, payload);
    ResultMessage answer = server.processPrepared(statement, state, options, payload, startNanos);
    return recorder.echo(answer, json, payload);
  }

  @Override
  public ResultMessage processBatch(
      BatchStatement batch,
      QueryState state,
      BatchQueryOptions options,
      @Nullable Map<String, ByteBuffer> payload,
      long startNanos) {
    String json = recorder.onBatch(batch.type.toString(), state.getClientState(), options, payload);
    ResultMessage answer = server.processBatch(batch, state, options, payload, startNanos);
    return recorder.echo(answer, json, payload);
  }
}
