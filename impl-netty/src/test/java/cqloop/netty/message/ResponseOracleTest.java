package cqloop.netty.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.protocol.internal.Frame;
import com.datastax.oss.protocol.internal.FrameCodec;
import com.datastax.oss.protocol.internal.Message;
import com.datastax.oss.protocol.internal.response.Error;
import com.datastax.oss.protocol.internal.response.error.CASWriteUnknown;
import com.datastax.oss.protocol.internal.response.error.ReadFailure;
import com.datastax.oss.protocol.internal.response.error.ReadTimeout;
import com.datastax.oss.protocol.internal.response.error.WriteFailure;
import com.datastax.oss.protocol.internal.response.error.WriteTimeout;
import com.datastax.oss.protocol.internal.response.event.GracefulDisconnectEvent;
import com.datastax.oss.protocol.internal.response.event.SchemaChangeEvent;
import com.datastax.oss.protocol.internal.response.event.StatusChangeEvent;
import com.datastax.oss.protocol.internal.response.event.TopologyChangeEvent;
import cqloop.ProtocolVersion;
import cqloop.netty.wire.FrameReader;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What native-protocol writes as a server is read with the same meaning, in every version. */
class ResponseOracleTest {

  private static final int ROUNDS = 100;
  private static final int[] PLAIN_ERRORS = {
    0x0000, 0x000A, 0x0100, 0x1001, 0x1002, 0x1003, 0x2000, 0x2100, 0x2200, 0x2300, 0x1600
  };

  private final FrameCodec<ByteBuf> oracle = Oracle.server();
  private ResponsePrefix prefix = ResponsePrefix.NONE;

  private record Pair(Message theirs, Response ours) {}

  @ParameterizedTest
  @EnumSource
  void handshake(ProtocolVersion version) {
    check(version, this::handshake);
  }

  @ParameterizedTest
  @EnumSource
  void simpleResults(ProtocolVersion version) {
    check(version, this::simpleResult);
  }

  @ParameterizedTest
  @EnumSource
  void errors(ProtocolVersion version) {
    check(version, this::error);
  }

  @ParameterizedTest
  @EnumSource
  void failures(ProtocolVersion version) {
    check(version, this::failure);
  }

  @ParameterizedTest
  @EnumSource
  void events(ProtocolVersion version) {
    check(version, this::event);
  }

  private void check(ProtocolVersion version, BiFunction<Gen, ProtocolVersion, Pair> generator) {
    for (long seed = 0; seed < ROUNDS; seed++) {
      Gen gen = new Gen(seed);
      prefix = prefix(gen, version);
      Pair pair = generator.apply(gen, version);
      assertThat(decode(version, gen.streamId(), pair.theirs))
          .as("seed %d", seed)
          .usingRecursiveComparison()
          .isEqualTo(pair.ours);
    }
  }

  private Response decode(ProtocolVersion version, int streamId, Message message) {
    Map<String, ByteBuffer> payload = new HashMap<>();
    prefix
        .payload()
        .forEach((k, v) -> payload.put(k, v == null ? null : ByteBuffer.wrap(v.getBytes())));
    Frame frame =
        Frame.forResponse(
            version.code(), streamId, prefix.tracingId(), payload, prefix.warnings(), message);
    List<Response> decoded = new ArrayList<>();
    new FrameReader(1 << 20)
        .decode(
            Unpooled.wrappedBuffer(Oracle.encode(oracle, frame)),
            (frameVersion, flags, stream, opcode, body, length, wireBytes) -> {
              assertThat(frameVersion).isEqualTo(version.code());
              assertThat(stream).isEqualTo(streamId);
              assertThat(wireBytes).isEqualTo(length + 9);
              decoded.add(
                  ResponseDecoder.decode(opcode, flags, body, length, Features.of(version)));
            });
    assertThat(decoded).hasSize(1);
    return decoded.get(0);
  }

  private static ResponsePrefix prefix(Gen gen, ProtocolVersion version) {
    UUID tracing = gen.orNull(new UUID(gen.random.nextLong(), gen.random.nextLong()));
    if (version == ProtocolVersion.V3) {
      return new ResponsePrefix(tracing, List.of(), Map.of());
    }
    Map<String, Buffer> payload = new LinkedHashMap<>();
    gen.texts(2).forEach(key -> payload.put(key, gen.orNull(Buffer.buffer(gen.bytes(9)))));
    return new ResponsePrefix(tracing, gen.texts(2), payload);
  }

  private Pair handshake(Gen gen, ProtocolVersion version) {
    byte[] token = gen.orNull(gen.bytes(50));
    ByteBuffer theirToken = token == null ? null : ByteBuffer.wrap(token);
    String text = gen.text();
    switch (gen.below(5)) {
      case 0:
        return new Pair(new com.datastax.oss.protocol.internal.response.Ready(), new Ready(prefix));
      case 1:
        return new Pair(
            new com.datastax.oss.protocol.internal.response.Authenticate(text),
            new Authenticate(prefix, text));
      case 2:
        return new Pair(
            new com.datastax.oss.protocol.internal.response.AuthChallenge(theirToken),
            new AuthChallenge(prefix, token));
      case 3:
        return new Pair(
            new com.datastax.oss.protocol.internal.response.AuthSuccess(theirToken),
            new AuthSuccess(prefix, token));
      default:
        Map<String, List<String>> options = new LinkedHashMap<>();
        gen.texts(5).forEach(key -> options.put(key, gen.texts(3)));
        return new Pair(
            new com.datastax.oss.protocol.internal.response.Supported(options),
            new Supported(prefix, options));
    }
  }

  private Pair simpleResult(Gen gen, ProtocolVersion version) {
    switch (gen.below(3)) {
      case 0:
        return new Pair(
            com.datastax.oss.protocol.internal.response.result.Void.INSTANCE,
            new VoidResult(prefix));
      case 1:
        String keyspace = gen.text();
        return new Pair(
            new com.datastax.oss.protocol.internal.response.result.SetKeyspace(keyspace),
            new SetKeyspace(prefix, keyspace));
      default:
        SchemaChange change = schemaChange(gen, version);
        return new Pair(
            new com.datastax.oss.protocol.internal.response.result.SchemaChange(
                change.change(),
                change.target(),
                change.keyspace(),
                change.name().isEmpty() ? null : change.name(),
                change.argumentTypes()),
            change);
    }
  }

  private SchemaChange schemaChange(Gen gen, ProtocolVersion version) {
    String change = List.of("CREATED", "UPDATED", "DROPPED").get(gen.below(3));
    String target =
        List.of("KEYSPACE", "TABLE", "TYPE", "FUNCTION", "AGGREGATE")
            .get(gen.below(version == ProtocolVersion.V3 ? 3 : 5));
    boolean function = target.equals("FUNCTION") || target.equals("AGGREGATE");
    return new SchemaChange(
        prefix,
        change,
        target,
        gen.text(),
        target.equals("KEYSPACE") ? "" : "n" + gen.text(),
        function ? gen.texts(3) : List.of());
  }

  private Pair error(Gen gen, ProtocolVersion version) {
    String text = gen.text();
    int cl = gen.consistency().protocolCode();
    int received = gen.anyInt();
    int required = gen.anyInt();
    List<String> names = gen.texts(3);
    byte[] id = gen.bytes(20);
    // Theirs knows neither CDC_WRITE_FAILURE nor CAS_WRITE_UNKNOWN in the versions of DSE.
    int plainErrors = PLAIN_ERRORS.length - (version.isDse() ? 1 : 0);
    switch (gen.below(version.isDse() ? 7 : 8)) {
      case 0:
        return error(
            new com.datastax.oss.protocol.internal.response.error.Unavailable(
                text, cl, required, received),
            new ErrorDetail.Unavailable(cl, required, received));
      case 1:
        boolean data = gen.coin();
        return error(
            new ReadTimeout(text, cl, received, required, data),
            new ErrorDetail.Timeout(cl, received, required, null, data, -1));
      case 2:
        String type = gen.coin() ? "CAS" : gen.text();
        return error(
            new WriteTimeout(text, cl, received, required, type),
            new ErrorDetail.Timeout(cl, received, required, type, false, -1));
      case 3:
        return error(
            new com.datastax.oss.protocol.internal.response.error.FunctionFailure(
                text, "ks", text, names),
            new ErrorDetail.FunctionFailure("ks", text, names));
      case 4:
        return error(
            new com.datastax.oss.protocol.internal.response.error.AlreadyExists(text, "ks", text),
            new ErrorDetail.AlreadyExists("ks", text));
      case 5:
        return error(
            new com.datastax.oss.protocol.internal.response.error.Unprepared(text, id),
            new ErrorDetail.Unprepared(id));
      case 6:
        return error(
            new Error(PLAIN_ERRORS[gen.below(plainErrors)], text), ErrorDetail.None.INSTANCE);
      default:
        return error(
            new CASWriteUnknown(text, cl, received, required),
            new ErrorDetail.Timeout(cl, received, required, null, false, -1));
    }
  }

  private Pair failure(Gen gen, ProtocolVersion version) {
    boolean reasoned = version.code() >= ProtocolVersion.V5.code();
    Map<InetAddress, Integer> reasons = new LinkedHashMap<>();
    for (int i = reasoned ? gen.below(4) : 0; i > 0; i--) {
      reasons.put(gen.address(), gen.below(0x10000));
    }
    int failures = reasoned ? reasons.size() : gen.anyInt();
    int cl = gen.consistency().protocolCode();
    int received = gen.anyInt();
    int required = gen.anyInt();
    boolean data = gen.coin();
    String text = gen.text();
    return gen.coin()
        ? error(
            new ReadFailure(text, cl, received, required, failures, reasons, data),
            new ErrorDetail.Failure(cl, received, required, failures, reasons, null, data))
        : error(
            new WriteFailure(text, cl, received, required, failures, reasons, text),
            new ErrorDetail.Failure(cl, received, required, failures, reasons, text, false));
  }

  private Pair error(Error theirs, ErrorDetail detail) {
    return new Pair(theirs, new ErrorMessage(prefix, theirs.code, theirs.message, detail));
  }

  private Pair event(Gen gen, ProtocolVersion version) {
    String text = gen.text();
    InetSocketAddress address = gen.socketAddress();
    switch (gen.below(4)) {
      case 0:
        return new Pair(
            new StatusChangeEvent(text, address), new Event.StatusChange(prefix, text, address));
      case 1:
        return new Pair(
            new TopologyChangeEvent(text, address),
            new Event.TopologyChange(prefix, text, address));
      case 2:
        return new Pair(new GracefulDisconnectEvent(), new Event.GracefulDisconnect(prefix));
      default:
        SchemaChange change = schemaChange(gen, version);
        return new Pair(
            new SchemaChangeEvent(
                change.change(),
                change.target(),
                change.keyspace(),
                change.name().isEmpty() ? null : change.name(),
                change.argumentTypes()),
            new Event.SchemaEvent(prefix, change));
    }
  }
}
