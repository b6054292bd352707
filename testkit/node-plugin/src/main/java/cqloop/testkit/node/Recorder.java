package cqloop.testkit.node;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.cassandra.cql3.BatchQueryOptions;
import org.apache.cassandra.cql3.CQLStatement;
import org.apache.cassandra.cql3.QueryOptions;
import org.apache.cassandra.db.ConsistencyLevel;
import org.apache.cassandra.service.ClientState;
import org.apache.cassandra.transport.messages.ResultMessage;
import org.apache.cassandra.utils.MD5Digest;
import org.jspecify.annotations.Nullable;

/**
 * What the query handlers of all lines share: records each request, runs its commands, and echoes
 * the record to clients that ask for it.
 */
final class Recorder {
  /** Key of the custom payload: sent by the client as a wish, returned with the record. */
  private static final String ECHO = "cqloop.echo";

  private final RequestLog log = new RequestLog(Path.of(System.getProperty(RequestLog.FILE)));

  // The server looks the prepared statements of a request up, then processes it, in one thread.
  private final ThreadLocal<List<Found>> lookedUp = ThreadLocal.withInitial(ArrayList::new);

  /** The server has looked a prepared statement up. */
  void found(MD5Digest id, CQLStatement statement, String cql) {
    lookedUp.get().add(new Found(id, statement, cql));
  }

  void onPrepare(String cql, ClientState client, @Nullable Map<String, ByteBuffer> payload) {
    log.append(RequestFacts.of("PREPARE", List.of(cql), client, payload).toJson());
    for (Command command : commands(List.of(cql))) {
      if (command.name().startsWith(Commands.ON_PREPARE)) {
        Commands.run(command, ConsistencyLevel.ONE, null);
      }
    }
  }

  /** Records a QUERY and runs its commands; returns the record. */
  String onQuery(
      String cql,
      ClientState client,
      QueryOptions options,
      @Nullable Map<String, ByteBuffer> payload) {
    List<String> statements = List.of(cql);
    String json = RequestFacts.of("QUERY", statements, client, payload).with(options).toJson();
    log.append(json);
    run(statements, options.getConsistency(), null);
    return json;
  }

  /** Records an EXECUTE and runs its commands; returns the record. */
  String onExecute(
      CQLStatement statement,
      ClientState client,
      QueryOptions options,
      @Nullable Map<String, ByteBuffer> payload) {
    List<String> statements = new ArrayList<>();
    MD5Digest id = null;
    for (Found found : lookedUp.get()) {
      // Others are left from requests that failed between look-up and processing.
      if (found.statement == statement) {
        statements = List.of(found.cql);
        id = found.id;
      }
    }
    lookedUp.get().clear();
    String json = RequestFacts.of("EXECUTE", statements, client, payload).with(options).toJson();
    log.append(json);
    run(statements, options.getConsistency(), id);
    return json;
  }

  /** Records a BATCH and runs the commands of all its statements; returns the record. */
  String onBatch(
      String type,
      ClientState client,
      BatchQueryOptions options,
      @Nullable Map<String, ByteBuffer> payload) {
    Map<Object, String> texts = new HashMap<>();
    for (Found found : lookedUp.get()) {
      texts.put(found.id, found.cql);
    }
    lookedUp.get().clear();
    List<String> statements = new ArrayList<>();
    MD5Digest id = null;
    for (Object textOrId : options.getQueryOrIdList()) {
      if (textOrId instanceof String text) {
        statements.add(text);
      } else {
        id = (MD5Digest) textOrId;
        statements.add(texts.getOrDefault(id, ""));
      }
    }
    String json =
        RequestFacts.of("BATCH", statements, client, payload).with(options, type).toJson();
    log.append(json);
    run(statements, options.getConsistency(), id);
    return json;
  }

  /** Adds the record to the answer if the request asked for it. */
  <T extends ResultMessage> T echo(
      T answer, String json, @Nullable Map<String, ByteBuffer> requestPayload) {
    if (requestPayload != null && requestPayload.containsKey(ECHO)) {
      Map<String, ByteBuffer> payload = new HashMap<>();
      if (answer.getCustomPayload() != null) {
        payload.putAll(answer.getCustomPayload());
      }
      payload.put(ECHO, ByteBuffer.wrap(json.getBytes(UTF_8)));
      answer.setCustomPayload(payload);
    }
    return answer;
  }

  private static void run(
      List<String> statements, ConsistencyLevel consistency, @Nullable MD5Digest id) {
    for (Command command : commands(statements)) {
      if (!command.name().startsWith(Commands.ON_PREPARE)) {
        Commands.run(command, consistency, id);
      }
    }
  }

  private static List<Command> commands(List<String> statements) {
    List<Command> commands = new ArrayList<>();
    for (String cql : statements) {
      commands.addAll(Command.inComments(cql));
      commands.addAll(Injections.take(cql));
    }
    return commands;
  }

  /** Value. A prepared statement that the current request uses. */
  private record Found(MD5Digest id, CQLStatement statement, String cql) {}
}
