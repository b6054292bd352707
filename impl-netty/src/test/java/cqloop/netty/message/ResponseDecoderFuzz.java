package cqloop.netty.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import cqloop.ProtocolVersion;
import cqloop.error.ProtocolViolation;
import java.util.List;
import java.util.Map;

/** Any body of any response: a message or a {@link ProtocolViolation}. One target per opcode. */
class ResponseDecoderFuzz {

  private static final Map<String, List<String>> SCYLLA =
      Map.of(
          "SCYLLA_LWT_ADD_METADATA_MARK",
          List.of("LWT_OPTIMIZATION_META_BIT_MASK=2147483648"),
          "SCYLLA_RATE_LIMIT_ERROR",
          List.of("ERROR_CODE=61440"));

  @FuzzTest(maxDuration = "30s")
  void error(FuzzedDataProvider data) {
    decode(Opcode.ERROR, data);
  }

  @FuzzTest(maxDuration = "30s")
  void ready(FuzzedDataProvider data) {
    decode(Opcode.READY, data);
  }

  @FuzzTest(maxDuration = "30s")
  void authenticate(FuzzedDataProvider data) {
    decode(Opcode.AUTHENTICATE, data);
  }

  @FuzzTest(maxDuration = "30s")
  void supported(FuzzedDataProvider data) {
    decode(Opcode.SUPPORTED, data);
  }

  @FuzzTest(maxDuration = "30s")
  void result(FuzzedDataProvider data) {
    decode(Opcode.RESULT, data);
  }

  @FuzzTest(maxDuration = "30s")
  void event(FuzzedDataProvider data) {
    decode(Opcode.EVENT, data);
  }

  @FuzzTest(maxDuration = "30s")
  void authChallenge(FuzzedDataProvider data) {
    decode(Opcode.AUTH_CHALLENGE, data);
  }

  @FuzzTest(maxDuration = "30s")
  void authSuccess(FuzzedDataProvider data) {
    decode(Opcode.AUTH_SUCCESS, data);
  }

  @FuzzTest(maxDuration = "30s")
  void classExpression(FuzzedDataProvider data) {
    try {
      assertThat(MarshalTypeParser.parse(data.consumeRemainingAsString())).isNotNull();
    } catch (ProtocolViolation e) {
      assertThat(e).hasMessageContaining("is expected at offset");
    }
  }

  private static void decode(int opcode, FuzzedDataProvider data) {
    ProtocolVersion version = data.pickValue(ProtocolVersion.values());
    Features features = data.consumeBoolean() ? Features.of(version) : Features.of(version, SCYLLA);
    int flags = data.consumeInt(0, 255);
    byte[] body = data.consumeRemainingAsBytes();
    try {
      Response response = ResponseDecoder.decode(opcode, flags, body, body.length, features);
      assertThat(response.prefix()).isNotNull();
      if (response instanceof RowsResult rows) {
        rows.checkCells();
      }
    } catch (ProtocolViolation e) {
      assertThat(e).hasMessageNotContaining("null");
    }
  }
}
