package cqloop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProtocolEnumsTest {

  // native_protocol_v5.spec §3, [consistency].
  @ParameterizedTest
  @CsvSource({
    "0, ANY, false, false", "1, ONE, false, false", "2, TWO, false, false",
    "3, THREE, false, false", "4, QUORUM, false, false", "5, ALL, false, false",
    "6, LOCAL_QUORUM, false, true", "7, EACH_QUORUM, false, false", "8, SERIAL, true, false",
    "9, LOCAL_SERIAL, true, true", "10, LOCAL_ONE, false, true"
  })
  void consistenciesHaveTheNumbersOfTheProtocol(
      int code, Consistency consistency, boolean serial, boolean local) {
    assertThat(consistency.protocolCode()).isEqualTo(code);
    assertThat(Consistency.ofProtocolCode(code)).isEqualTo(consistency);
    assertThat(consistency.isSerial()).isEqualTo(serial);
    assertThat(consistency.isLocal()).isEqualTo(local);
  }

  @Test
  void refusesOtherConsistencies() {
    assertThatIllegalArgumentException().isThrownBy(() -> Consistency.ofProtocolCode(11));
    assertThatIllegalArgumentException().isThrownBy(() -> Consistency.ofProtocolCode(-1));
  }

  @ParameterizedTest
  @CsvSource({
    "V3, 3, false, false, false", "V4, 4, false, false, false", "V5, 5, false, false, true",
    "V6, 6, false, true, true", "DSE_V1, 65, true, false, false", "DSE_V2, 66, true, false, false"
  })
  void versionsHaveTheBytesOfTheProtocol(
      ProtocolVersion version, int code, boolean dse, boolean beta, boolean segments) {
    assertThat(version.code()).isEqualTo(code);
    assertThat(version.isDse()).isEqualTo(dse);
    assertThat(version.isBeta()).isEqualTo(beta);
    assertThat(version.hasSegments()).isEqualTo(segments);
  }
}
