package cqloop.testkit.scylla;

import cqloop.testkit.fake.Compression;
import cqloop.testkit.fake.Dialect;
import cqloop.testkit.fake.Errors;
import cqloop.testkit.fake.Frame;
import cqloop.testkit.fake.Opcode;
import cqloop.testkit.fake.Reply;
import cqloop.testkit.fake.RequestBody;
import cqloop.testkit.fake.RequestDecoder;
import cqloop.testkit.fake.WireFormatException;
import cqloop.testkit.fake.WireReader;
import cqloop.testkit.fake.WireVersion;
import cqloop.testkit.fake.WireWriter;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Loop-owned. Decides what becomes of the requests of one connection: most are passed on as they
 * are, some are rewritten, some are answered here.
 */
final class RequestDesk {
  /** What the drivers of ScyllaDB append to their own queries, and Cassandra does not know. */
  private static final Pattern TIMEOUT =
      Pattern.compile("\\s+USING\\s+TIMEOUT\\s+\\w+\\s*;?\\s*$", Pattern.CASE_INSENSITIVE);

  private final FrontState state;
  private final Executions executions;
  private FrontConnection connection;

  RequestDesk(FrontState state, FrontConnection connection) {
    this.state = state;
    this.connection = connection;
    this.executions = new Executions(state);
  }

  FrontConnection connection() {
    return connection;
  }

  /** Decides about a request, whose body is not compressed any more. */
  Verdict decide(Frame request) {
    WireVersion version = WireVersion.of(request.versionByte());
    if (version != WireVersion.V3 && version != WireVersion.V4) {
      String text = "Invalid or unsupported protocol version: " + (request.versionByte() & 0x7F);
      return refuse(request, Errors.error(Errors.PROTOCOL_ERROR, text));
    }
    Opcode opcode = request.opcode();
    if (opcode == null) {
      return Verdict.pass(request);
    }
    try {
      return decide(request, opcode, new Dialect(version, has(SupportedOptions.METADATA_ID)));
    } catch (WireFormatException e) {
      return refuse(request, Errors.error(Errors.PROTOCOL_ERROR, "front: " + e.getMessage()));
    }
  }

  private Verdict decide(Frame request, Opcode opcode, Dialect dialect) {
    switch (opcode) {
      case OPTIONS:
        FrontPlan plan = state.plan();
        return Verdict.pass(
            request,
            answer ->
                SupportedOptions.extend(answer, plan, state.facts().hostId(), connection.shard()));
      case STARTUP:
        return startup(request);
      case QUERY:
        return query(request);
      case PREPARE:
        return prepare(withoutTimeout(request));
      case EXECUTE:
        RequestBody execute = new RequestDecoder(dialect).decode(request).body();
        return executions.execute(request, (RequestBody.Execute) execute, connection);
      case BATCH:
        RequestBody batch = new RequestDecoder(dialect).decode(request).body();
        executions.batch((RequestBody.Batch) batch, connection.shard());
        return Verdict.pass(request);
      default:
        return Verdict.pass(request);
    }
  }

  private Verdict startup(Frame request) {
    Map<String, String> asked = new WireReader(request.body()).readStringMap();
    Map<String, String> passed = new LinkedHashMap<>(asked);
    String wanted = passed.remove("COMPRESSION");
    Compression compression = wanted == null ? null : Compression.of(wanted);
    if (wanted != null && compression == null) {
      String text = "Unknown compression algorithm: " + wanted;
      return refuse(request, Errors.error(Errors.PROTOCOL_ERROR, text));
    }
    passed.keySet().removeIf(SupportedOptions::isOurs);
    Set<String> extensions = new LinkedHashSet<>(asked.keySet());
    extensions.retainAll(SupportedOptions.offeredBy(state.plan()));
    connection = connection.withStartup(extensions, compression);
    return Verdict.pass(withBody(request, new WireWriter().writeStringMap(passed).toBytes()));
  }

  private Verdict query(Frame request) {
    String cql = text(request);
    Reply own = ScyllaTables.answer(cql, state.plan());
    if (own != null) {
      return refuse(request, own);
    }
    Frame plain = withoutTimeout(request);
    return ReleaseVersion.isAskedBy(cql)
        ? Verdict.pass(plain, ReleaseVersion::replace)
        : Verdict.pass(plain);
  }

  private Verdict prepare(Frame request) {
    String cql = text(request);
    return Verdict.pass(request, answer -> prepared(answer, cql));
  }

  private Frame prepared(Frame answer, String cql) {
    PreparedAnswer prepared = PreparedAnswer.of(answer, cql);
    if (prepared == null) {
      return answer;
    }
    state.remember(prepared.id(), prepared.statement());
    boolean marked = has(SupportedOptions.LWT_MARK) && prepared.statement().isConditional();
    return prepared.toFrame(
        marked ? SupportedOptions.LWT_MASK : 0, has(SupportedOptions.METADATA_ID));
  }

  /** Whether the client asked for an extension that was offered to it. */
  private boolean has(String extension) {
    return connection.extensions().contains(extension);
  }

  /** The statement at the front of QUERY and PREPARE. */
  private static String text(Frame request) {
    WireReader in = new WireReader(request.body());
    if (request.hasFlag(Frame.FLAG_PAYLOAD)) {
      in.readBytesMap();
    }
    return in.readLongString();
  }

  private static Frame withoutTimeout(Frame request) {
    byte[] body = request.body();
    WireReader in = new WireReader(body);
    if (request.hasFlag(Frame.FLAG_PAYLOAD)) {
      in.readBytesMap();
    }
    int from = body.length - in.remaining();
    String cql = in.readLongString();
    String plain = TIMEOUT.matcher(cql).replaceFirst("");
    if (plain.equals(cql)) {
      return request;
    }
    WireWriter out = new WireWriter().writeRaw(new WireReader(body).readRaw(from));
    return withBody(
        request, out.writeLongString(plain).writeRaw(in.readRaw(in.remaining())).toBytes());
  }

  private static Frame withBody(Frame request, byte[] body) {
    return new Frame(
        request.versionByte(), request.flags(), request.streamId(), request.opcodeByte(), body);
  }

  /** An answer of the front itself; to a version that ScyllaDB does not speak, in its newest. */
  static Verdict refuse(Frame request, Reply reply) {
    WireVersion asked = WireVersion.of(request.versionByte());
    WireVersion version = asked == WireVersion.V3 ? WireVersion.V3 : WireVersion.V4;
    Reply.Context context = new Reply.Context(Dialect.of(version), null);
    return Verdict.answer(reply.toFrame(context, request.streamId()));
  }
}
