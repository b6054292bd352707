package cqloop.netty.message;

import static org.assertj.core.api.Assertions.assertThat;

import cqloop.ProtocolVersion;
import cqloop.netty.message.PreparedId.Skip;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PreparedIdTest {

  /** A statement is executed by nodes that are not alike, wherever it was prepared. */
  @Test
  void columnsThatMayChangeAreSkippedOnConnectionsWithIdsOnly() {
    Features v4 = Features.of(ProtocolVersion.V4);
    Features v5 = Features.of(ProtocolVersion.V5);
    Features scylla =
        Features.of(ProtocolVersion.V4, Map.of("SCYLLA_USE_METADATA_ID", List.of("")));
    for (Features features : List.of(v4, v5, scylla)) {
      assertThat(id(Skip.NEVER).skipsMetadata(features)).isFalse();
      assertThat(id(Skip.ALWAYS).skipsMetadata(features)).isTrue();
    }
    assertThat(id(Skip.WITH_ID).skipsMetadata(v4)).isFalse();
    assertThat(id(Skip.WITH_ID).skipsMetadata(v5)).isTrue();
    assertThat(id(Skip.WITH_ID).skipsMetadata(scylla)).isTrue();
  }

  private static PreparedId id(Skip skip) {
    return new PreparedId(new byte[] {1}, new byte[] {2}, skip);
  }
}
