package cqloop.testkit.node;

import java.nio.ByteBuffer;
import java.util.Map;
import org.apache.cassandra.cql3.BatchQueryOptions;
import org.apache.cassandra.cql3.CQLStatement;
import org.apache.cassandra.cql3.QueryHandler;
import org.apache.cassandra.cql3.QueryOptions;
import org.apache.cassandra.cql3.QueryProcessor;
import org.apache.cassandra.cql3.statements.BatchStatement;
import org.apache.cassandra.service.ClientState;
import org.apache.cassandra.service.ClientWarn;
import org.apache.cassandra.service.QueryState;
import org.apache.cassandra.transport.ProtocolVersion;
import org.apache.cassandra.transport.messages.ResultMessage;
import org.apache.cassandra.utils.MD5Digest;
import org.jspecify.annotations.Nullable;

/**
 * The query handler of 4.0: records each request on its way to the server's own.
 *
 * <p>It also keeps a defect of 4.0 from v3 clients, see {@link #forgetWarningsBeforeV4}.
 */
public final class RecordingHandler implements QueryHandler {
  private final QueryHandler server = QueryProcessor.instance;
  private final Recorder recorder = new Recorder();

  // A QUERY is parsed, then processed, in one thread; only the first sees its text.
  private final ThreadLocal<String> parsed = new ThreadLocal<>();

  /** Called by the server, by reflection. */
  public RecordingHandler() {}

  @Override
  public CQLStatement parse(String cql, QueryState state, QueryOptions options) {
    parsed.set(cql);
    forgetWarningsBeforeV4(options);
    try {
      return server.parse(cql, state, options);
    } catch (RuntimeException e) {
      // It will never be processed, but it did arrive.
      recorder.onQuery(cql, state.getClientState(), options, null);
      throw e;
    }
  }

  @Override
  public ResultMessage process(
      CQLStatement statement,
      QueryState state,
      QueryOptions options,
      @Nullable Map<String, ByteBuffer> payload,
      long startNanos) {
    String json = recorder.onQuery(parsed.get(), state.getClientState(), options, payload);
    ResultMessage answer = server.process(statement, state, options, payload, startNanos);
    return recorder.echo(answer, json, payload);
  }

  @Override
  public ResultMessage.Prepared prepare(
      String cql, ClientState client, @Nullable Map<String, ByteBuffer> payload) {
    recorder.onPrepare(cql, client, payload);
    // Nothing tells the version here, so that v4 and v5 go without warnings too.
    ClientWarn.instance.resetWarnings();
    return server.prepare(cql, client, payload);
  }

  @Override
  public QueryHandler.@Nullable Prepared getPrepared(MD5Digest id) {
    QueryHandler.Prepared prepared = server.getPrepared(id);
    if (prepared != null) {
      recorder.found(id, prepared.statement, prepared.rawCQLStatement);
    }
    return prepared;
  }

  @Override
  public ResultMessage processPrepared(
      CQLStatement statement,
      QueryState state,
      QueryOptions options,
      @Nullable Map<String, ByteBuffer> payload,
      long startNanos) {
    forgetWarningsBeforeV4(options);
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
    forgetWarningsBeforeV4(ServerFacts.wrapped(options));
    String json =
        recorder.onBatch(batch.type.toString(), state.getClientState(), options, payload);
    ResultMessage answer = server.processBatch(batch, state, options, payload, startNanos);
    return recorder.echo(answer, json, payload);
  }

  /**
   * Takes from a request of v3 the place for warnings that it should not have. Only a request of v4
   * or later shall get one, but 4.0 leaves that of a STARTUP on its event loop, and hands it to each
   * request that arrives there; then it refuses to encode the answer: "Must not send frame with
   * WARNING flag for native protocol version &lt; 4". 4.1 leaves the warnings out.
   */
  private static void forgetWarningsBeforeV4(QueryOptions options) {
    if (options.getProtocolVersion().isSmallerThan(ProtocolVersion.V4)) {
      ClientWarn.instance.resetWarnings();
    }
  }
}
