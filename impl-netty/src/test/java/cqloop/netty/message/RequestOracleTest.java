package cqloop.netty.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.dse.protocol.internal.request.query.DseQueryOptions;
import com.datastax.oss.protocol.internal.Frame;
import com.datastax.oss.protocol.internal.FrameCodec;
import com.datastax.oss.protocol.internal.Message;
import com.datastax.oss.protocol.internal.ProtocolConstants;
import com.datastax.oss.protocol.internal.request.query.QueryOptions;
import cqloop.BatchType;
import cqloop.Consistency;
import cqloop.ProtocolVersion;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each request has the bytes that native-protocol writes for it, in every version. */
class RequestOracleTest {

  private static final int ROUNDS = 100;

  private final FrameCodec<ByteBuf> oracle = Oracle.client();

  private record Pair(Request ours, Message theirs) {}

  private record Options(QueryParameters ours, long timestamp) {}

  @ParameterizedTest
  @EnumSource
  void startup(ProtocolVersion version) {
    check(
        version,
        (gen, v) -> {
          Map<String, String> options = new LinkedHashMap<>();
          gen.texts(3).forEach(key -> options.put(key, gen.text()));
          options.put("CQL_VERSION", "3.0.0");
          return new Pair(
              new Startup(options),
              new com.datastax.oss.protocol.internal.request.Startup(options));
        },
        false);
  }

  @ParameterizedTest
  @EnumSource
  void options(ProtocolVersion version) {
    check(
        version,
        (gen, v) ->
            new Pair(
                cqloop.netty.message.Options.INSTANCE,
                com.datastax.oss.protocol.internal.request.Options.INSTANCE),
        false);
  }

  @ParameterizedTest
  @EnumSource
  void register(ProtocolVersion version) {
    check(
        version,
        (gen, v) -> {
          List<String> types = gen.texts(5);
          return new Pair(
              new Register(types), new com.datastax.oss.protocol.internal.request.Register(types));
        },
        false);
  }

  @ParameterizedTest
  @EnumSource
  void authResponse(ProtocolVersion version) {
    check(
        version,
        (gen, v) -> {
          byte[] token = gen.orNull(gen.bytes(100));
          return new Pair(
              new AuthResponse(token),
              new com.datastax.oss.protocol.internal.request.AuthResponse(
                  token == null ? null : ByteBuffer.wrap(token)));
        },
        false);
  }

  @ParameterizedTest
  @EnumSource
  void prepare(ProtocolVersion version) {
    check(
        version,
        (gen, v) -> {
          String cql = gen.text();
          String keyspace = Gen.hasKeyspace(v) ? gen.orNull(gen.text()) : null;
          return new Pair(
              new Prepare(cql, keyspace, envelope(gen, v)),
              new com.datastax.oss.protocol.internal.request.Prepare(cql, keyspace));
        },
        true);
  }

  @ParameterizedTest
  @EnumSource
  void query(ProtocolVersion version) {
    check(version, this::query, true);
  }

  @ParameterizedTest
  @EnumSource
  void execute(ProtocolVersion version) {
    check(version, this::execute, true);
  }

  @ParameterizedTest
  @EnumSource
  void batch(ProtocolVersion version) {
    check(version, this::batch, true);
  }

  private void check(
      ProtocolVersion version, BiFunction<Gen, ProtocolVersion, Pair> generator, boolean wrapped) {
    for (long seed = 0; seed < ROUNDS; seed++) {
      Gen gen = new Gen(seed);
      Pair pair = generator.apply(gen, version);
      int streamId = gen.streamId();
      Envelope envelope = pair.ours.envelope();
      Map<String, ByteBuffer> payload = new HashMap<>();
      if (envelope.payload() != null) {
        envelope
            .payload()
            .forEach((k, v) -> payload.put(k, v == null ? null : ByteBuffer.wrap(v.getBytes())));
      }
      assertThat(wrapped || envelope == Envelope.PLAIN).isTrue();
      Frame frame =
          Frame.forRequest(version.code(), streamId, envelope.tracing(), payload, pair.theirs);
      assertThat(encode(version, pair.ours, streamId))
          .as(() -> pair.theirs.toString())
          .isEqualTo(ByteBufUtil.hexDump(Oracle.encode(oracle, frame)));
    }
  }

  private static String encode(ProtocolVersion version, Request request, int streamId) {
    FrameWriter writer =
        new FrameWriter(UnpooledByteBufAllocator.DEFAULT, Features.of(version), 1 << 20);
    int bytes = writer.append(request, streamId);
    ByteBuf out = writer.take();
    try {
      assertThat(out.readableBytes()).isEqualTo(bytes);
      assertThat(bytes).isGreaterThanOrEqualTo(request.sizeHint());
      return ByteBufUtil.hexDump(out);
    } finally {
      out.release();
    }
  }

  /** Maps of one entry at most: the order of more is not part of the protocol. */
  private static Envelope envelope(Gen gen, ProtocolVersion version) {
    boolean payload = version != ProtocolVersion.V3 && gen.below(3) == 0;
    Map<String, Buffer> map = new HashMap<>();
    map.put(gen.text(), gen.orNull(Buffer.buffer(gen.bytes(10))));
    return new Envelope(gen.coin(), payload ? map : null);
  }

  private Pair query(Gen gen, ProtocolVersion version) {
    String cql = gen.text();
    boolean named = gen.coin();
    List<ByteBuffer> values = named ? List.of() : values(gen, version);
    Map<String, ByteBuffer> namedValues = new LinkedHashMap<>();
    if (named) {
      values(gen, version).forEach(value -> namedValues.put(gen.text(), value));
    }
    Options options = options(gen, version);
    QueryOptions theirs = options(options, version, values, namedValues, false);
    Envelope envelope = envelope(gen, version);
    Query ours =
        named && !namedValues.isEmpty()
            ? Query.named(cql, options.ours, encode(namedValues), options.timestamp, envelope)
            : Query.positional(cql, options.ours, encode(values), options.timestamp, envelope);
    return new Pair(ours, new com.datastax.oss.protocol.internal.request.Query(cql, theirs));
  }

  private Pair execute(Gen gen, ProtocolVersion version) {
    byte[] id = gen.bytes(20);
    byte[] metadataId = gen.bytes(20);
    boolean skip = gen.coin();
    List<ByteBuffer> values = values(gen, version);
    Options options = options(gen, version);
    Execute ours =
        new PlainExecute(
            new PreparedId(id, metadataId, skip ? PreparedId.Skip.ALWAYS : PreparedId.Skip.NEVER),
            options.ours,
            encode(values),
            options.timestamp,
            envelope(gen, version));
    QueryOptions theirs = options(options, version, values, Map.of(), skip);
    return new Pair(
        ours, new com.datastax.oss.protocol.internal.request.Execute(id, metadataId, theirs));
  }

  private Pair batch(Gen gen, ProtocolVersion version) {
    List<BatchEntry> entries = new ArrayList<>();
    List<Object> statements = new ArrayList<>();
    List<List<ByteBuffer>> values = new ArrayList<>();
    for (int i = gen.below(5); i > 0; i--) {
      List<ByteBuffer> bound = values(gen, version);
      values.add(bound);
      if (gen.coin()) {
        byte[] id = gen.bytes(16);
        statements.add(id);
        entries.add(BatchEntry.prepared(id, encode(bound), null));
      } else {
        String cql = gen.text();
        statements.add(cql);
        entries.add(BatchEntry.text(cql, encode(bound)));
      }
    }
    BatchType type = BatchType.values()[gen.below(3)];
    Options options = options(gen, version);
    QueryParameters p = options.ours;
    com.datastax.oss.protocol.internal.request.Batch theirs =
        new com.datastax.oss.protocol.internal.request.Batch(
            (byte) List.of(BatchType.values()).indexOf(type),
            statements,
            values,
            p.consistency().protocolCode(),
            serial(p),
            options.timestamp,
            p.keyspace(),
            p.nowInSeconds());
    return new Pair(new Batch(type, entries, p, options.timestamp, envelope(gen, version)), theirs);
  }

  private static Options options(Gen gen, ProtocolVersion version) {
    QueryParameters parameters =
        new QueryParameters(
            gen.consistency(),
            // Theirs leaves SERIAL out, as it is the default.
            gen.orNull(Consistency.LOCAL_SERIAL),
            gen.coin() ? 1 + gen.below(10_000) : -gen.below(2),
            gen.orNull(gen.bytes(50)),
            Gen.hasKeyspace(version) ? gen.orNull(gen.text()) : null,
            version.hasSegments() && gen.coin() ? gen.anyInt() : QueryParameters.SERVER_TIME);
    return new Options(
        parameters, gen.coin() ? gen.random.nextLong() : QueryParameters.NO_TIMESTAMP);
  }

  private static QueryOptions options(
      Options options,
      ProtocolVersion version,
      List<ByteBuffer> values,
      Map<String, ByteBuffer> named,
      boolean skip) {
    QueryParameters p = options.ours;
    ByteBuffer state = p.pagingState() == null ? null : ByteBuffer.wrap(p.pagingState());
    int consistency = p.consistency().protocolCode();
    return version.isDse()
        ? new DseQueryOptions(
            consistency,
            values,
            named,
            skip,
            p.pageSize(),
            state,
            serial(p),
            options.timestamp,
            p.keyspace(),
            false,
            null)
        : new QueryOptions(
            consistency,
            values,
            named,
            skip,
            p.pageSize(),
            state,
            serial(p),
            options.timestamp,
            p.keyspace(),
            p.nowInSeconds());
  }

  private static int serial(QueryParameters p) {
    Consistency serial = p.serialConsistency() == null ? Consistency.SERIAL : p.serialConsistency();
    return serial.protocolCode();
  }

  private static List<ByteBuffer> values(Gen gen, ProtocolVersion version) {
    boolean unset = version != ProtocolVersion.V3;
    return gen.list(
        5,
        () ->
            switch (gen.below(5)) {
              case 0 -> null;
              case 1 -> unset ? ProtocolConstants.UNSET_VALUE : null;
              default -> gen.buffer(40);
            });
  }

  private static byte[] encode(List<ByteBuffer> values) {
    if (values.isEmpty()) {
      return null;
    }
    ByteBuf out = Unpooled.buffer().writeShort(values.size());
    values.forEach(value -> Oracle.PRIMITIVES.writeBytes(value, out));
    return ByteBufUtil.getBytes(out);
  }

  private static byte[] encode(Map<String, ByteBuffer> values) {
    ByteBuf out = Unpooled.buffer().writeShort(values.size());
    values.forEach(
        (name, value) -> {
          Oracle.PRIMITIVES.writeString(name, out);
          Oracle.PRIMITIVES.writeBytes(value, out);
        });
    return ByteBufUtil.getBytes(out);
  }
}
