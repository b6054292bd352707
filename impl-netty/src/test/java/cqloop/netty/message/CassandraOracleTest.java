package cqloop.netty.message;

import static org.assertj.core.api.Assertions.assertThat;

import cqloop.BatchType;
import cqloop.Consistency;
import cqloop.ProtocolVersion;
import cqloop.testkit.CassandraOracle;
import cqloop.testkit.ServerLine;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.lang.reflect.Constructor;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Cassandra's own classes read each request and write it again with the same bytes, and its errors
 * are read with the meaning they had.
 */
class CassandraOracleTest {

  private static final int ROUNDS = 50;
  private static final int FRAME_HEADER = 9;
  private static final String TRANSPORT = "org.apache.cassandra.transport.";
  private static final String MESSAGES = TRANSPORT + "messages.";
  private static final String EXCEPTIONS = "org.apache.cassandra.exceptions.";
  private static final String NETTY = "io.netty.buffer.";

  private static CassandraOracle cassandra;

  @BeforeAll
  static void open() {
    cassandra = CassandraOracle.open(ServerLine.V5_0);
  }

  @AfterAll
  static void close() {
    cassandra.close();
  }

  @ParameterizedTest
  @EnumSource(names = {"V3", "V4", "V5", "V6"})
  void readsTheHandshake(ProtocolVersion version) {
    check(version, "StartupMessage", gen -> new Startup(Map.of("CQL_VERSION", "3.0.0")));
    check(version, "OptionsMessage", gen -> Options.INSTANCE);
    check(version, "AuthResponse", gen -> new AuthResponse(gen.bytes(50)));
    List<String> types = List.of("TOPOLOGY_CHANGE", "STATUS_CHANGE", "SCHEMA_CHANGE");
    check(version, "RegisterMessage", gen -> new Register(types));
  }

  /** Names within a request are in ASCII here: Cassandra reads all, but writes no others. */
  @ParameterizedTest
  @EnumSource(names = {"V3", "V4", "V5", "V6"})
  void readsPrepare(ProtocolVersion version) {
    check(
        version,
        "PrepareMessage",
        gen -> {
          String keyspace = version.hasSegments() ? gen.orNull("ks" + gen.below(100)) : null;
          return new Prepare(gen.text(), keyspace, Envelope.PLAIN);
        });
  }

  @ParameterizedTest
  @EnumSource(names = {"V3", "V4", "V5", "V6"})
  void readsQuery(ProtocolVersion version) {
    check(
        version,
        "QueryMessage",
        gen ->
            Query.positional(
                gen.text(), parameters(gen, version), values(gen), timestamp(gen), Envelope.PLAIN));
  }

  @ParameterizedTest
  @EnumSource(names = {"V3", "V4", "V5", "V6"})
  void readsExecute(ProtocolVersion version) {
    check(
        version,
        "ExecuteMessage",
        gen ->
            new PlainExecute(
                new PreparedId(
                    gen.bytes(16),
                    gen.bytes(16),
                    gen.coin() ? PreparedId.Skip.ALWAYS : PreparedId.Skip.NEVER),
                parameters(gen, version),
                values(gen),
                timestamp(gen),
                Envelope.PLAIN));
  }

  @ParameterizedTest
  @EnumSource(names = {"V3", "V4", "V5", "V6"})
  void readsBatch(ProtocolVersion version) {
    check(
        version,
        "BatchMessage",
        gen ->
            new Batch(
                List.of(BatchType.values()).get(gen.below(3)),
                gen.list(4, () -> entry(gen)),
                parameters(gen, version),
                timestamp(gen),
                Envelope.PLAIN));
  }

  @ParameterizedTest
  @EnumSource(names = {"V3", "V4", "V5", "V6"})
  void errorsOfCassandraAreRead(ProtocolVersion version) {
    Object quorum = cassandra.constant("org.apache.cassandra.db.ConsistencyLevel", "QUORUM");
    Object cas = cassandra.constant("org.apache.cassandra.db.WriteType", "CAS");
    boolean counts = version.hasSegments();
    assertError(
        version,
        cassandra.invokeStatic(EXCEPTIONS + "UnavailableException", "create", quorum, 2, 1),
        ErrorMessage.UNAVAILABLE,
        new ErrorDetail.Unavailable(4, 2, 1));
    assertError(
        version,
        exception("ReadTimeoutException", quorum, 1, 2, true),
        ErrorMessage.READ_TIMEOUT,
        new ErrorDetail.Timeout(4, 1, 2, null, true, -1));
    assertError(
        version,
        exception("CasWriteTimeoutException", cas, quorum, 1, 2, 7),
        ErrorMessage.WRITE_TIMEOUT,
        new ErrorDetail.Timeout(4, 1, 2, "CAS", false, counts ? 7 : -1));
    assertError(
        version,
        exception("AlreadyExistsException", "ks", "t"),
        ErrorMessage.ALREADY_EXISTS,
        new ErrorDetail.AlreadyExists("ks", "t"));
    assertError(
        version,
        exception("InvalidRequestException", "text"),
        ErrorMessage.INVALID,
        ErrorDetail.None.INSTANCE);
  }

  private static void check(
      ProtocolVersion version, String message, Function<Gen, Request> generator) {
    Object codec = cassandra.constant(MESSAGES + message, "codec");
    Object theirVersion = theirs(version);
    for (long seed = 0; seed < ROUNDS; seed++) {
      byte[] body = encode(version, generator.apply(new Gen(seed)));
      Object in = cassandra.invokeStatic(NETTY + "Unpooled", "wrappedBuffer", body);
      Object decoded = cassandra.invoke(codec, "decode", in, theirVersion);
      assertThat(cassandra.invoke(in, "readableBytes")).as("seed %d", seed).isEqualTo(0);
      assertThat(ByteBufUtil.hexDump(encodeTheirs(codec, decoded, theirVersion)))
          .as("seed %d", seed)
          .isEqualTo(ByteBufUtil.hexDump(body));
    }
  }

  private static void assertError(
      ProtocolVersion version, Object exception, int code, ErrorDetail detail) {
    String messages = MESSAGES + "ErrorMessage";
    Object message = cassandra.invokeStatic(messages, "fromTransportException", exception);
    byte[] body = encodeTheirs(cassandra.constant(messages, "codec"), message, theirs(version));
    ErrorMessage read =
        (ErrorMessage)
            ResponseDecoder.decode(Opcode.ERROR, 0, body, body.length, Features.of(version));
    assertThat(read.code()).isEqualTo(code);
    assertThat(read.message()).isNotBlank();
    assertThat(read.detail()).isEqualTo(detail);
  }

  private static Object theirs(ProtocolVersion version) {
    return cassandra.constant(TRANSPORT + "ProtocolVersion", version.name());
  }

  private static byte[] encodeTheirs(Object codec, Object message, Object version) {
    int size = (Integer) cassandra.invoke(codec, "encodedSize", message, version);
    Object out = cassandra.invokeStatic(NETTY + "Unpooled", "buffer", size);
    cassandra.invoke(codec, "encode", message, out, version);
    return (byte[]) cassandra.invokeStatic(NETTY + "ByteBufUtil", "getBytes", out);
  }

  private static Object exception(String name, Object... arguments) {
    for (Constructor<?> constructor : cassandra.type(EXCEPTIONS + name).getConstructors()) {
      if (constructor.getParameterCount() == arguments.length) {
        try {
          return constructor.newInstance(arguments);
        } catch (ReflectiveOperationException e) {
          throw new AssertionError(constructor + " failed", e);
        }
      }
    }
    throw new AssertionError(name + " has no constructor for so many arguments");
  }

  private static byte[] encode(ProtocolVersion version, Request request) {
    FrameWriter writer =
        new FrameWriter(UnpooledByteBufAllocator.DEFAULT, Features.of(version), 1 << 20);
    writer.append(request, 1);
    ByteBuf out = writer.take();
    try {
      return ByteBufUtil.getBytes(out, FRAME_HEADER, out.readableBytes() - FRAME_HEADER);
    } finally {
      out.release();
    }
  }

  private static BatchEntry entry(Gen gen) {
    return gen.coin()
        ? BatchEntry.text(gen.text(), values(gen))
        : BatchEntry.prepared(gen.bytes(16), values(gen), null);
  }

  /** Without a paging state, which Cassandra takes apart, and without SERIAL, its default. */
  private static QueryParameters parameters(Gen gen, ProtocolVersion version) {
    boolean v5 = version.hasSegments();
    return new QueryParameters(
        gen.consistency(),
        gen.orNull(Consistency.LOCAL_SERIAL),
        gen.below(3) * 100,
        null,
        v5 ? gen.orNull("ks" + gen.below(100)) : null,
        v5 && gen.coin() ? gen.below(Integer.MAX_VALUE) : QueryParameters.SERVER_TIME);
  }

  private static long timestamp(Gen gen) {
    return gen.coin() ? gen.random.nextLong() : QueryParameters.NO_TIMESTAMP;
  }

  /** Without unset values, which Cassandra reads but writes as empty ones. */
  private static byte[] values(Gen gen) {
    List<ByteBuffer> values = gen.list(4, () -> gen.orNull(gen.buffer(30)));
    if (values.isEmpty()) {
      return null;
    }
    ByteBuf out = Unpooled.buffer().writeShort(values.size());
    values.forEach(value -> Oracle.PRIMITIVES.writeBytes(value, out));
    return ByteBufUtil.getBytes(out);
  }
}
