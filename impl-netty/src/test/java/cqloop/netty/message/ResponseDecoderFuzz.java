package cqloop.netty.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import cqloop.ProtocolVersion;
import cqloop.error.ProtocolViolation;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Any body of any response: a message or a {@link ProtocolViolation}. Input: a byte for the
 * version, a byte of flags, the body.
 */
class ResponseDecoderFuzz {

  private static final int PREFIX = 2;
  private static final Map<String, List<String>> SCYLLA =
      Map.of(
          "SCYLLA_LWT_ADD_METADATA_MARK",
          List.of("LWT_OPTIMIZATION_META_BIT_MASK=2147483648"),
          "SCYLLA_RATE_LIMIT_ERROR",
          List.of("ERROR_CODE=61440"));
  private static final List<Features> FEATURES =
      Stream.concat(
              Arrays.stream(ProtocolVersion.values()).map(Features::of),
              Stream.of(Features.of(ProtocolVersion.V4, SCYLLA)))
          .toList();

  @MethodSource("errors")
  @FuzzTest(maxDuration = "30s")
  void error(byte[] data) {
    decode(Opcode.ERROR, data);
  }

  @MethodSource("supporteds")
  @FuzzTest(maxDuration = "30s")
  void supported(byte[] data) {
    decode(Opcode.SUPPORTED, data);
  }

  @MethodSource("authenticates")
  @FuzzTest(maxDuration = "30s")
  void authenticate(byte[] data) {
    decode(Opcode.AUTHENTICATE, data);
    decode(Opcode.READY, data);
  }

  @MethodSource("challenges")
  @FuzzTest(maxDuration = "30s")
  void tokens(byte[] data) {
    decode(Opcode.AUTH_CHALLENGE, data);
    decode(Opcode.AUTH_SUCCESS, data);
  }

  @MethodSource("events")
  @FuzzTest(maxDuration = "30s")
  void event(byte[] data) {
    decode(Opcode.EVENT, data);
  }

  @MethodSource("results")
  @FuzzTest(maxDuration = "30s")
  void result(byte[] data) {
    decode(Opcode.RESULT, data);
  }

  @ValueSource(
      strings = {
        "org.apache.cassandra.db.marshal.VectorType(org.apache.cassandra.db.marshal.FloatType , 3)",
        "UserType(ks,61,62:MapType(UTF8Type,FrozenType(TupleType(Int32Type,ByteType))))",
        "DynamicCompositeType(a=>BytesType)"
      })
  @FuzzTest(maxDuration = "30s")
  void classExpression(String expression) {
    if (expression != null) {
      try {
        assertThat(MarshalTypeParser.parse(expression)).isNotNull();
      } catch (ProtocolViolation e) {
        assertThat(e).hasMessageContaining("is expected at offset");
      }
    }
  }

  static Stream<byte[]> errors() {
    return seeds(Opcode.ERROR);
  }

  static Stream<byte[]> supporteds() {
    return seeds(Opcode.SUPPORTED);
  }

  static Stream<byte[]> authenticates() {
    return seeds(Opcode.AUTHENTICATE);
  }

  static Stream<byte[]> challenges() {
    return seeds(Opcode.AUTH_CHALLENGE);
  }

  static Stream<byte[]> events() {
    return seeds(Opcode.EVENT);
  }

  static Stream<byte[]> results() {
    return seeds(Opcode.RESULT);
  }

  /** Good bodies, which the fuzzer starts from. */
  private static Stream<byte[]> seeds(int opcode) {
    return FEATURES.stream()
        .flatMap(
            features ->
                Bodies.all(features.version()).stream()
                    .filter(body -> body.opcode() == opcode)
                    .map(body -> seed(FEATURES.indexOf(features), body)));
  }

  private static byte[] seed(int features, Bodies.Body body) {
    byte[] seed = new byte[PREFIX + body.bytes().length];
    seed[0] = (byte) features;
    seed[1] = (byte) body.flags();
    System.arraycopy(body.bytes(), 0, seed, PREFIX, body.bytes().length);
    return seed;
  }

  private static void decode(int opcode, byte[] data) {
    if (data == null || data.length < PREFIX) {
      return;
    }
    Features features = FEATURES.get((data[0] & 0xFF) % FEATURES.size());
    byte[] body = Arrays.copyOfRange(data, PREFIX, data.length);
    try {
      Response response = ResponseDecoder.decode(opcode, data[1], body, body.length, features);
      assertThat(response.prefix()).isNotNull();
      if (response instanceof RowsResult rows) {
        long cells = (long) rows.rowCount() * rows.columnCount();
        assertThat(cells * Integer.BYTES).isLessThanOrEqualTo(rows.end() - rows.firstCell());
      }
    } catch (ProtocolViolation e) {
      assertThat(e.getMessage().getBytes(StandardCharsets.UTF_8).length).isLessThan(2000);
    }
  }
}
