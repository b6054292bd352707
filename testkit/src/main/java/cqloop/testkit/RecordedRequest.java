package cqloop.testkit;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Value. One PREPARE, QUERY, EXECUTE or BATCH as it arrived in a real node. What was not sent is
 * null; what a kind of request does not have is null or 0 too.
 */
public final class RecordedRequest {
  private final JsonObject facts;

  private RecordedRequest(JsonObject facts) {
    this.facts = facts;
  }

  /**
   * Reads a line of the node's request log, or the value of the payload key {@code cqloop.echo}.
   *
   * @param json the text
   * @return the request
   */
  public static RecordedRequest parse(String json) {
    return new RecordedRequest(new JsonObject(json));
  }

  /**
   * The opcode.
   *
   * @return {@code PREPARE}, {@code QUERY}, {@code EXECUTE} or {@code BATCH}
   */
  public String kind() {
    return facts.getString("kind");
  }

  /**
   * The text of the statement; of an EXECUTE, that of its prepared statement.
   *
   * @return the text; of a batch, the texts joined by {@code "; "}
   */
  public String cql() {
    return String.join("; ", statements());
  }

  /**
   * The texts of the statements: one, except in a batch.
   *
   * @return the texts in order
   */
  public List<String> statements() {
    List<String> texts = new ArrayList<>();
    for (Object text : facts.getJsonArray("statements", new JsonArray())) {
      texts.add((String) text);
    }
    return texts;
  }

  /**
   * How many values came with each statement.
   *
   * @return one number per statement
   */
  public List<Integer> values() {
    List<Integer> counts = new ArrayList<>();
    for (Object count : facts.getJsonArray("values", new JsonArray())) {
      counts.add((Integer) count);
    }
    return counts;
  }

  /**
   * The protocol version of the frame; not known of a PREPARE.
   *
   * @return 3 to 6, or null
   */
  public @Nullable Integer protocol() {
    return facts.getInteger("protocol");
  }

  /**
   * The consistency level.
   *
   * @return for example {@code LOCAL_QUORUM}
   */
  public @Nullable String consistency() {
    return facts.getString("consistency");
  }

  /**
   * The serial consistency level; the server cannot tell SERIAL from not sent.
   *
   * @return {@code SERIAL} or {@code LOCAL_SERIAL}
   */
  public @Nullable String serialConsistency() {
    return facts.getString("serialConsistency");
  }

  /**
   * The client's timestamp.
   *
   * @return microseconds, or null when none was sent
   */
  public @Nullable Long timestamp() {
    return facts.getLong("timestamp");
  }

  /**
   * The client's idea of now.
   *
   * @return seconds, or null when it was not sent
   */
  public @Nullable Long nowInSeconds() {
    return facts.getLong("nowInSeconds");
  }

  /**
   * The keyspace that the request itself names.
   *
   * @return null when it names none
   */
  public @Nullable String keyspace() {
    return facts.getString("keyspace");
  }

  /**
   * The keyspace of the connection, set by USE; of a v5 PREPARE the one it names.
   *
   * @return null when there is none
   */
  public @Nullable String connectionKeyspace() {
    return facts.getString("connectionKeyspace");
  }

  /**
   * The page size.
   *
   * @return rows; -1 or null when none was sent
   */
  public @Nullable Integer pageSize() {
    return facts.getInteger("pageSize");
  }

  /**
   * The paging state.
   *
   * @return in hex as the server writes it again, or null when none was sent
   */
  public @Nullable String pagingState() {
    return facts.getString("pagingState");
  }

  /**
   * Whether the client asked to leave the column metadata out.
   *
   * @return false when it did not
   */
  public boolean skipMetadata() {
    return facts.getBoolean("skipMetadata", false);
  }

  /**
   * The type of a batch.
   *
   * @return {@code LOGGED}, {@code UNLOGGED} or {@code COUNTER}; null for other requests
   */
  public @Nullable String batchType() {
    return facts.getString("batchType");
  }

  /**
   * Whether the request is traced.
   *
   * @return true when it is
   */
  public boolean tracing() {
    return facts.getBoolean("tracing", false);
  }

  /**
   * The role that is logged in.
   *
   * @return {@code anonymous} when log-in is off
   */
  public @Nullable String user() {
    return facts.getString("user");
  }

  /**
   * The client's end of the connection.
   *
   * @return {@code /address:port}
   */
  public @Nullable String client() {
    return facts.getString("client");
  }

  /**
   * DRIVER_NAME of STARTUP.
   *
   * @return null when not sent, or when the server forgets it (3.11)
   */
  public @Nullable String driverName() {
    return facts.getString("driverName");
  }

  /**
   * DRIVER_VERSION of STARTUP.
   *
   * @return null when not sent, or when the server forgets it (3.11)
   */
  public @Nullable String driverVersion() {
    return facts.getString("driverVersion");
  }

  /**
   * The options of STARTUP that the server keeps (4.1 and later).
   *
   * @return by name
   */
  public Map<String, String> startupOptions() {
    return strings("startupOptions");
  }

  /**
   * The custom payload.
   *
   * @return values in hex by key
   */
  public Map<String, String> payload() {
    return strings("payload");
  }

  /**
   * The record as the node wrote it.
   *
   * @return a copy
   */
  public JsonObject toJson() {
    return facts.copy();
  }

  @Override
  public String toString() {
    return facts.encode();
  }

  private Map<String, String> strings(String name) {
    Map<String, String> map = new LinkedHashMap<>();
    facts
        .getJsonObject(name, new JsonObject())
        .forEach(entry -> map.put(entry.getKey(), String.valueOf(entry.getValue())));
    return map;
  }
}
