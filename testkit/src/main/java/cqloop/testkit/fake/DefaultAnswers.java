package cqloop.testkit.fake;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Loop-owned. What a node answers when no rule applies. */
final class DefaultAnswers {
  private final FakeNode node;
  private final FakeNodeOptions options;
  private final SystemTables tables;

  DefaultAnswers(FakeNode node, FakeNodeOptions options) {
    this.node = node;
    this.options = options;
    this.tables = new SystemTables(node, options);
  }

  Reply to(FakeConnection connection, Request request) {
    switch (request.opcode()) {
      case OPTIONS:
        return Replies.supported(supported(connection));
      case STARTUP:
        return startup(request);
      case AUTH_RESPONSE:
        return checkCredentials(request);
      case REGISTER:
        return Replies.ready();
      case QUERY:
        return query(connection, request);
      case PREPARE:
        return prepare(String.valueOf(request.cql()));
      case EXECUTE:
        return execute(request);
      case BATCH:
        return batch(request);
      case REVISE_REQUEST:
        return Replies.rows().column("[status]", WireType.BOOLEAN).row(true);
      default:
        return Errors.error(Errors.PROTOCOL_ERROR, request.opcode() + " is not a request");
    }
  }

  private Reply startup(Request request) {
    Map<String, String> wanted = request.startupOptions();
    if (!wanted.containsKey("CQL_VERSION")) {
      return Errors.error(Errors.PROTOCOL_ERROR, "Missing value CQL_VERSION in STARTUP message");
    }
    String name = wanted.get("COMPRESSION");
    Compression compression = name == null ? null : Compression.of(name);
    // native_protocol_v5.spec §5: segments know only LZ4.
    boolean impossible = compression == Compression.SNAPPY && request.version().usesSegments();
    if (name != null && (impossible || !options.compressions().contains(compression))) {
      return Errors.error(Errors.PROTOCOL_ERROR, "Unknown compression algorithm: " + name);
    }
    return options.user() == null ? Replies.ready() : Replies.authenticate(options.authenticator());
  }

  private Map<String, List<String>> supported(FakeConnection connection) {
    Map<String, List<String>> all = new LinkedHashMap<>();
    all.put("CQL_VERSION", List.of("3.4.7"));
    List<String> compressions = new ArrayList<>();
    options.compressions().forEach(compression -> compressions.add(compression.wireName()));
    all.put("COMPRESSION", compressions);
    List<String> versions = new ArrayList<>();
    for (WireVersion version : options.versions()) {
      boolean beta = options.betaVersions().contains(version);
      versions.add(version.label() + (beta ? "-beta" : ""));
    }
    all.put("PROTOCOL_VERSIONS", versions);
    Integer shard = connection.shard();
    if (shard != null) {
      addShard(all, shard);
    }
    all.putAll(options.supported());
    return all;
  }

  /** Scylla protocol-extensions.md, intranode sharding. */
  private void addShard(Map<String, List<String>> all, int shard) {
    all.put("SCYLLA_SHARD", List.of(String.valueOf(shard)));
    all.put("SCYLLA_NR_SHARDS", List.of(String.valueOf(options.shards())));
    all.put("SCYLLA_PARTITIONER", List.of(options.partitioner()));
    all.put("SCYLLA_SHARDING_ALGORITHM", List.of("biased-token-round-robin"));
    all.put("SCYLLA_SHARDING_IGNORE_MSB", List.of("12"));
    String port = options.serverOptions().isSsl() ? "_PORT_SSL" : "_PORT";
    all.put("SCYLLA_SHARD_AWARE" + port, List.of(String.valueOf(node.shardAwarePort())));
  }

  private Reply checkCredentials(Request request) {
    byte[] token =
        request.body() instanceof RequestBody.AuthResponse response ? response.token() : null;
    if (options.authenticator().endsWith("DseAuthenticator") && isText(token, "PLAIN")) {
      // dse_protocol_v1.spec leaves SASL to its authenticator, which wants the mechanism first.
      return Replies.authChallenge("PLAIN-START".getBytes(StandardCharsets.US_ASCII));
    }
    String expected = "\0" + options.user() + "\0" + options.password();
    boolean good = token != null && endsWith(token, expected);
    return good
        ? Replies.authSuccess(null)
        : Errors.error(Errors.BAD_CREDENTIALS, "Provided username and/or password are incorrect");
  }

  private static boolean isText(byte @Nullable [] token, String text) {
    return token != null && Arrays.equals(token, text.getBytes(StandardCharsets.US_ASCII));
  }

  /** SASL PLAIN (RFC 4616): an authorization id may stand in front of the first zero byte. */
  private static boolean endsWith(byte[] token, String expected) {
    byte[] tail = expected.getBytes(StandardCharsets.UTF_8);
    int from = token.length - tail.length;
    return from >= 0 && Arrays.equals(token, from, token.length, tail, 0, tail.length);
  }

  private Reply query(FakeConnection connection, Request request) {
    String cql = String.valueOf(request.cql());
    if (cql.toUpperCase(Locale.ROOT).startsWith("USE ")) {
      String keyspace = Identifiers.unquote(cql.substring(4).trim());
      connection.use(keyspace);
      return Replies.setKeyspace(keyspace);
    }
    Reply system = tables.answer(request);
    return system == null ? Replies.voidResult() : system;
  }

  private Reply prepare(String cql) {
    PreparedReply declared = node.prepared().declared(cql);
    if (declared != null) {
      return declared;
    }
    PreparedReply prepared = Replies.prepared();
    int marks = 0;
    for (int i = 0; i < cql.length(); i++) {
      if (cql.charAt(i) == '?') {
        prepared.variable("v" + marks++, WireType.BLOB);
      }
    }
    return prepared;
  }

  private Reply execute(Request request) {
    byte[] id = request.preparedId();
    PreparedReply prepared = id == null ? null : node.prepared().reply(id);
    if (id == null || prepared == null) {
      return Errors.unprepared(id == null ? new byte[0] : id);
    }
    RowsReply rows = prepared.emptyRows();
    return rows == null ? Replies.voidResult() : rows;
  }

  private Reply batch(Request request) {
    for (RequestBody.BatchChild child : request.batch()) {
      byte @Nullable [] id = child.id();
      if (id != null && node.prepared().reply(id) == null) {
        return Errors.unprepared(id);
      }
    }
    return Replies.voidResult();
  }
}
