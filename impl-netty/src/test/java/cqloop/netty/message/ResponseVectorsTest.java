package cqloop.netty.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cqloop.Consistency;
import cqloop.ProtocolVersion;
import cqloop.error.ProtocolViolation;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Responses that the oracle cannot write: newer servers, ScyllaDB, and words nobody knows. */
class ResponseVectorsTest {

  private static final Features V4 = Features.of(ProtocolVersion.V4);
  private static final Features V5 = Features.of(ProtocolVersion.V5);
  private static final Features SCYLLA =
      Features.of(
          ProtocolVersion.V4,
          Map.of(
              "SCYLLA_LWT_ADD_METADATA_MARK",
              List.of("LWT_OPTIMIZATION_META_BIT_MASK=2147483648"),
              "SCYLLA_RATE_LIMIT_ERROR",
              List.of("ERROR_CODE=61440"),
              "TABLETS_ROUTING_V1",
              List.of(""),
              "SCYLLA_USE_METADATA_ID",
              List.of("")));

  @Test
  void writeTimeoutOfConditionalUpdateCountsContentions() {
    ErrorMessage error =
        error(V5, "00001100" + text("x") + "0008" + "00000001" + "00000002" + text("CAS") + "0007");
    assertThat(error.detail()).isEqualTo(new ErrorDetail.Timeout(8, 1, 2, "CAS", false, 7));
    // A server that does not count.
    error = error(V5, "00001100" + text("x") + "0008" + "00000001" + "00000002" + text("CAS"));
    assertThat(error.detail()).isEqualTo(new ErrorDetail.Timeout(8, 1, 2, "CAS", false, -1));
  }

  @Test
  void errorsOfUnknownCodesKeepCodeAndMessage() {
    ErrorMessage error = error(V4, "00001800" + text("command failed") + "00".repeat(16));
    assertThat(error.code()).isEqualTo(0x1800);
    assertThat(error.message()).isEqualTo("command failed");
    assertThat(error.detail()).isEqualTo(ErrorDetail.None.INSTANCE);
  }

  @Test
  void unknownConsistencyAndWriteTypeArePassedOn() {
    ErrorMessage error =
        error(V4, "00001100" + text("x") + "0063" + "00000001" + "00000002" + text("FUTURE"));
    ErrorDetail.Timeout timeout = (ErrorDetail.Timeout) error.detail();
    assertThat(timeout.writeType()).isEqualTo("FUTURE");
    assertThat(ErrorDetail.consistency(timeout.consistencyCode())).isNull();
    assertThat(ErrorDetail.consistency(6)).isEqualTo(Consistency.LOCAL_QUORUM);
    assertThat(ErrorDetail.consistency(-1)).isNull();
  }

  @Test
  void malformedTextIsReplaced() {
    assertThat(error(V4, "00000000" + "0003" + "61ff62").message()).isEqualTo("a\uFFFDb");
  }

  @Test
  void rateLimitHasTheCodeOfSupported() {
    String body = "0000f000" + text("slow down") + "0101";
    assertThat(error(SCYLLA, body).detail()).isEqualTo(new ErrorDetail.RateLimit(true, true));
    assertThat(error(V4, body).detail()).isEqualTo(ErrorDetail.None.INSTANCE);
  }

  @Test
  void eventsOfUnknownTypesArePassedOn() {
    assertThat(decode(Opcode.EVENT, V4, text("FUTURE") + "0102"))
        .isEqualTo(new Event.UnknownEvent(ResponsePrefix.NONE, "FUTURE"));
  }

  @Test
  void clientRoutesChange() {
    String body =
        text("CLIENT_ROUTES_CHANGE") + text("UPDATED") + "0001" + text("c1") + "0001" + text("h1");
    assertThat(decode(Opcode.EVENT, V4, body))
        .isEqualTo(
            new Event.ClientRoutesChange(
                ResponsePrefix.NONE, "UPDATED", List.of("c1"), List.of("h1")));
  }

  @Test
  void typesOfUnknownNumbersAreOpaque() {
    String rows = "00000002" + "00000001" + "00000001" + text("ks") + text("t");
    RowsResult result =
        (RowsResult) decode(Opcode.RESULT, V4, rows + text("c") + "0099" + "00000000");
    assertThat(result.columns()).isNotNull();
    assertThat(result.columns().get(0).type().cql()).isEqualTo("'unknown type 0x0099'");
  }

  @Test
  void conditionalStatementsAreMarkedByScylla() {
    String id = "0002" + "abcd";
    String metadataId = "0001" + "ee";
    String variables = "80000001" + "00000001" + "00000001" + "0000" + column();
    String results = "00000004" + "00000000";
    Prepared prepared =
        (Prepared)
            decode(Opcode.RESULT, SCYLLA, "00000004" + id + metadataId + variables + results);
    assertThat(prepared.conditional()).isTrue();
    assertThat(prepared.resultMetadataId()).containsExactly(0xee);
    assertThat(prepared.variables().names()).containsExactly("c");
    assertThat(prepared.partitionKey()).containsExactly(0);

    String unmarked = variables.replaceFirst("8", "0");
    assertThat(
            ((Prepared)
                    decode(
                        Opcode.RESULT, SCYLLA, "00000004" + id + metadataId + unmarked + results))
                .conditional())
        .isFalse();
  }

  @Test
  void changedMetadataComesWithItsId() {
    String rows = "00000002" + "00000009" + "00000001" + "0001ee" + column() + "00000000";
    RowsResult result = (RowsResult) decode(Opcode.RESULT, V5, rows);
    assertThat(result.newMetadataId()).containsExactly(0xee);
    assertThat(result.columns()).isNotNull();
    assertThat(result.columns().names()).containsExactly("c");
  }

  @Test
  void unknownResultKindsAreRefused() {
    assertThatThrownBy(() -> decode(Opcode.RESULT, V4, "00000006"))
        .isInstanceOf(ProtocolViolation.class)
        .hasMessageContaining("kind of RESULT");
  }

  /** All opcodes with all flags on bodies of zeros: a message or a typed error. */
  @Test
  void everyOpcodeWithEveryFlag() {
    byte[] zeros = new byte[64];
    int decoded = 0;
    for (int opcode = 0; opcode < 256; opcode++) {
      for (int flags = 0; flags < 256; flags++) {
        try {
          ResponseDecoder.decode(opcode, flags, zeros, zeros.length, V4);
          decoded++;
        } catch (ProtocolViolation e) {
          assertThat(e).hasMessageMatching(".*(Cannot read|only a client).*");
        }
      }
    }
    assertThat(decoded).isPositive();
  }

  private static ErrorMessage error(Features features, String hex) {
    return (ErrorMessage) decode(Opcode.ERROR, features, hex);
  }

  private static Response decode(int opcode, Features features, String hex) {
    byte[] body = ByteBufUtil.decodeHexDump(hex);
    return ResponseDecoder.decode(opcode, 0, body, body.length, features);
  }

  private static String column() {
    return text("ks") + text("t") + text("c") + "0009";
  }

  private static String text(String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    return "%04x".formatted(bytes.length) + ByteBufUtil.hexDump(bytes);
  }
}
