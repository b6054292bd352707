package cqloop.netty.exec;

import static org.assertj.core.api.Assertions.assertThat;

import cqloop.PreparedStatement;
import cqloop.Row;
import cqloop.RowSet;
import cqloop.netty.sim.Outcome;
import cqloop.netty.sim.SimCluster;
import cqloop.netty.sim.SimRequest;
import cqloop.testkit.fake.Replies;
import cqloop.testkit.fake.Reply;
import cqloop.testkit.fake.RowsReply;
import cqloop.testkit.fake.WireType;
import cqloop.testkit.fake.WireVersion;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a statement reads when its table changes after it was prepared: faults C1, C2, C3. */
class ChangedColumnsTest {

  private static final byte[] OLD_ID = {1};
  private static final byte[] NEW_ID = {2};

  private final List<SimRequest> executed = new ArrayList<>();
  private SimCluster cluster = new SimCluster(1);

  @AfterEach
  void nothingIsLeft() {
    cluster.closeAndCheck();
  }

  @Test
  void aChangedResultIsReadWithItsOwnColumnsAndSoIsTheNextOne() {
    PreparedStatement prepared = prepare("SELECT * FROM t", WireType.BIGINT);
    RowsReply changed =
        Replies.rows().column("v", WireType.BIGINT).column("w", WireType.TEXT).row(1L, "new");
    assertThat(execute(prepared, changed.newMetadataId(NEW_ID)).getString("w")).isEqualTo("new");
    assertThat(executed.get(0).resultMetadataId()).isEqualTo(OLD_ID);
    assertThat(prepared.resultColumns().indexOf("w")).isEqualTo(1);

    RowsReply next =
        Replies.rows().column("v", WireType.BIGINT).column("w", WireType.TEXT).row(2L, "next");
    assertThat(execute(prepared, next).getString("w")).isEqualTo("next");
    assertThat(executed.get(1).resultMetadataId()).isEqualTo(NEW_ID);
  }

  @Test
  void beforeV5ColumnsAreLeftOutOnlyWhereTheyCannotChange() {
    cluster = new SimCluster(1, EnumSet.of(WireVersion.V3, WireVersion.V4));
    WireType type = WireType.udt("ks", "u", List.of("f"), List.of(WireType.INT));
    assertThat(skips("SELECT v FROM t", WireType.BIGINT)).isTrue();
    assertThat(skips("SELECT v FROM t", WireType.list(WireType.TEXT))).isTrue();
    assertThat(skips("SELECT * FROM t", WireType.BIGINT)).isFalse();
    assertThat(skips("SELECT v FROM u", type)).isFalse();
    assertThat(skips("SELECT v FROM l", WireType.list(type))).isFalse();
    assertThat(skips("SELECT v FROM m", WireType.map(WireType.INT, type))).isFalse();
    assertThat(skips("SELECT v FROM n", WireType.tuple(WireType.INT, type))).isFalse();
  }

  @Test
  void sinceV5ColumnsAreAlwaysLeftOut() {
    assertThat(skips("SELECT * FROM t", WireType.BIGINT)).isTrue();
  }

  private boolean skips(String text, WireType type) {
    PreparedStatement prepared = prepare(text, type);
    execute(prepared, Replies.voidResult());
    return executed.get(executed.size() - 1).skipMetadata();
  }

  private PreparedStatement prepare(String text, WireType type) {
    if (cluster.client().engine() == null) {
      cluster.start();
    }
    cluster.then(0, Replies.prepared().id((byte) 7).result("v", type).resultMetadataId(OLD_ID));
    Outcome<PreparedStatement> outcome = cluster.client().prepare(text);
    cluster.soon();
    return outcome.value();
  }

  private Row execute(PreparedStatement prepared, Reply answer) {
    cluster.thenDo(
        0,
        (connection, request) -> {
          executed.add(request);
          connection.answer(request, answer);
        });
    Outcome<RowSet> outcome = cluster.client().execute(prepared.bind());
    cluster.soon();
    return outcome.value().first();
  }
}
