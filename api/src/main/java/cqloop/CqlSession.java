package cqloop;

import cqloop.metadata.Node;
import cqloop.metadata.NodeListener;
import cqloop.metadata.SchemaListener;
import cqloop.metadata.SchemaMetadata;
import cqloop.metadata.TokenMap;
import cqloop.metadata.Topology;
import cqloop.metrics.SessionMetrics;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Flow;
import java.util.stream.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Facade. A connection to a cluster, for any thread. Requests run on the event loop of the caller's
 * context, with connections of that loop, and futures complete on the caller's context. A session
 * that was made in a verticle closes with it.
 *
 * <p>A request fails with a {@link cqloop.error.CqlException}; after {@link #close} with {@link
 * cqloop.error.SessionClosed}.
 */
public interface CqlSession {

  /** Connects with these options. */
  static Future<CqlSession> connect(Vertx vertx, CqlOptions options) {
    return builder(vertx).options(options).connect();
  }

  /** Returns a builder for a session with providers given in code. */
  static CqlSessionBuilder builder(Vertx vertx) {
    return CqlSessionBuilder.create(vertx);
  }

  /** Executes CQL text, with values by position. */
  Future<RowSet> execute(String cql, @Nullable Object... values);

  /** Executes a statement and gives its first page. */
  Future<RowSet> execute(Statement<?> statement);

  /** Prepares CQL text, or gives what is known of it: a text is prepared once. */
  Future<PreparedStatement> prepare(String cql);

  /**
   * Prepares the text of a statement. The settings of the statement become those of the prepared
   * one; its values are ignored.
   */
  Future<PreparedStatement> prepare(SimpleStatement statement);

  /** Streams all rows of CQL text, with values by position. */
  RowStream stream(String cql, @Nullable Object... values);

  /** Streams all rows of a statement. */
  RowStream stream(Statement<?> statement);

  /** Returns a view of all rows of a statement; each subscriber executes it anew. */
  Flow.Publisher<Row> publisher(Statement<?> statement);

  /** Collects all rows of all pages. The collector is called on the caller's context. */
  <A, R> Future<R> collect(Statement<?> statement, Collector<? super Row, A, R> collector);

  /**
   * Returns a view of this session with another execution profile. It shares everything and needs
   * no close.
   *
   * @throws cqloop.error.ProfileNotFound when there is no such profile
   */
  CqlSession withProfile(String name);

  /**
   * Returns what a profile sets now, with everything that it inherits.
   *
   * @throws cqloop.error.ProfileNotFound when there is no such profile
   */
  ProfileOptions profile(String name);

  /**
   * Adds a profile, or replaces one, for every view of this session. Completes when every event
   * loop uses it; requests that run end as they began. Fails and changes nothing when the options
   * are wrong.
   *
   * @param name {@code default} for the one from which all others inherit
   */
  Future<Void> setProfile(String name, ProfileOptions options);

  /** Returns the current keyspace, without quotes, or null. */
  @Nullable String keyspace();

  /**
   * Changes the keyspace of every connection, present and future. The name is given without quotes,
   * as the server stores it. Completes when all connections have changed.
   */
  Future<Void> useKeyspace(String keyspace);

  /** Reads what the server recorded of a traced request, waiting for it as the options say. */
  Future<QueryTrace> queryTrace(UUID tracingId);

  /**
   * Returns the nodes that store the partition of a statement as they are known now, the primary
   * one first; empty when its partition key or the ring is not known, and for a table of ScyllaDB
   * with tablets as long as no node has told of the tablet. See {@link Batches}.
   */
  List<Node> replicas(BoundStatement statement);

  /**
   * Returns the nodes as they are known now, with the connections that are open to each. It is made
   * for each call: keep it where it is needed often.
   */
  Topology topology();

  /**
   * Returns who owns which part of the ring now; null while it is not known, and for a cluster of
   * one node without shards, which has no ring to speak of.
   */
  @Nullable TokenMap tokenMap();

  /** Adds a listener for what becomes of nodes; it is called on the context of the caller. */
  void addNodeListener(NodeListener listener);

  /** Removes a listener; it may still hear of changes that are on their way to it. */
  void removeNodeListener(NodeListener listener);

  /**
   * Gives the schema. Waits while changes are known that have not been read yet: after a statement
   * of this session that changed the schema, the change is there. When they cannot be read, the
   * schema as it was known before is given.
   *
   * <p>Fails with {@link cqloop.error.SchemaNotAvailable} when the option {@code
   * metadata.useSchema} is off, or when the schema could never be read.
   */
  Future<SchemaMetadata> schema();

  /** Reads the whole schema now and gives it; fails when it cannot be read. */
  Future<SchemaMetadata> refreshSchema();

  /**
   * Adds a listener for changes of the schema; it is called on the context of the caller. It never
   * hears of anything when the option {@code metadata.useSchema} is off.
   */
  void addSchemaListener(SchemaListener listener);

  /** Removes a listener; it may still hear of changes that are on their way to it. */
  void removeSchemaListener(SchemaListener listener);

  /**
   * Returns what the session has done so far and what it does now, all event loops together. It may
   * be called as often as one likes, and after the session was closed.
   */
  SessionMetrics metrics();

  /** Returns the version of the native protocol in use. */
  ProtocolVersion protocolVersion();

  /** Returns the id by which the server knows this session. */
  UUID clientId();

  /**
   * Reads the files of keys and trust again, on a worker. Connections that are opened from now on
   * use what was read; those that are open are replaced over {@code renewOver}, or stay. Fails with
   * {@link cqloop.error.TlsFailed} when something cannot be read, and then everything stays as it
   * was.
   */
  Future<Void> reloadTls();

  /**
   * As {@link #reloadTls()}, with other options: keys that are no files, another authority, other
   * rules. Fails with {@link cqloop.error.InvalidOptions} when the session was opened without TLS.
   */
  Future<Void> reloadTls(TlsOptions options);

  /**
   * Refuses new requests, lets those in flight end, up to the close timeout, and closes every
   * connection. Each call gives the same future.
   */
  Future<Void> close();
}
