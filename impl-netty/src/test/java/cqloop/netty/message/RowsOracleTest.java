package cqloop.netty.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.dse.protocol.internal.response.result.DseRowsMetadata;
import com.datastax.oss.protocol.internal.Frame;
import com.datastax.oss.protocol.internal.FrameCodec;
import com.datastax.oss.protocol.internal.Message;
import com.datastax.oss.protocol.internal.response.result.ColumnSpec;
import com.datastax.oss.protocol.internal.response.result.DefaultRows;
import com.datastax.oss.protocol.internal.response.result.RowsMetadata;
import cqloop.Column;
import cqloop.Columns;
import cqloop.ProtocolVersion;
import cqloop.netty.wire.BigEndian;
import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows and PREPARED as native-protocol writes them, with every type, in every version. */
class RowsOracleTest {

  private static final int ROUNDS = 100;
  private static final int[] NO_KEY = {};

  private final FrameCodec<ByteBuf> oracle = Oracle.server();

  @ParameterizedTest
  @EnumSource
  void rows(ProtocolVersion version) {
    for (long seed = 0; seed < ROUNDS; seed++) {
      Gen gen = new Gen(seed);
      boolean skipped = gen.below(3) == 0;
      Columns columns = columns(gen);
      byte[] pagingState = gen.orNull(gen.bytes(30));
      byte[] newId = hasMetadataId(version) ? gen.orNull(gen.bytes(16)) : null;
      int page = version.isDse() ? gen.below(3) : 0;
      List<List<ByteBuffer>> rows = rows(gen, columns.size());
      Queue<List<ByteBuffer>> data = new ArrayDeque<>(rows);
      RowsMetadata metadata =
          skipped
              ? metadata(columns.size(), pagingState, newId, page)
              : metadata(specs(columns), pagingState, newId, page);
      RowsResult ours = (RowsResult) decode(version, new DefaultRows(metadata, data));

      assertThat(ours.columns()).as("seed %d", seed).isEqualTo(skipped ? null : columns);
      assertThat(ours.columnCount()).isEqualTo(columns.size());
      assertThat(ours.rowCount()).isEqualTo(rows.size());
      assertThat(ours.pagingState()).isEqualTo(pagingState);
      assertThat(ours.newMetadataId()).isEqualTo(newId);
      assertThat(cells(ours)).isEqualTo(rows);
    }
  }

  @ParameterizedTest
  @EnumSource
  void prepared(ProtocolVersion version) {
    for (long seed = 0; seed < ROUNDS; seed++) {
      Gen gen = new Gen(seed);
      Columns variables = columns(gen);
      Columns results = gen.coin() ? columns(gen) : Columns.NONE;
      int[] key =
          version == ProtocolVersion.V3
              ? NO_KEY
              : gen.list(3, () -> gen.below(variables.size())).stream().mapToInt(i -> i).toArray();
      byte[] id = gen.bytes(16);
      byte[] metadataId = gen.bytes(16);
      RowsMetadata theirResults =
          results.size() == 0
              ? new RowsMetadata(0, null, NO_KEY, null)
              : new RowsMetadata(specs(results), null, NO_KEY, null);
      Prepared ours =
          (Prepared)
              decode(
                  version,
                  new com.datastax.oss.protocol.internal.response.result.Prepared(
                      id,
                      metadataId,
                      new RowsMetadata(specs(variables), null, key, null),
                      theirResults));

      assertThat(ours.id()).as("seed %d", seed).isEqualTo(id);
      assertThat(ours.resultMetadataId()).isEqualTo(hasMetadataId(version) ? metadataId : null);
      assertThat(ours.variables()).isEqualTo(variables);
      assertThat(ours.partitionKey()).isEqualTo(key);
      assertThat(ours.resultColumns()).isEqualTo(results);
      assertThat(ours.conditional()).isFalse();
    }
  }

  private Response decode(ProtocolVersion version, Message message) {
    byte[] frame =
        Oracle.encode(
            oracle, Frame.forResponse(version.code(), 1, null, Map.of(), List.of(), message));
    byte[] body = Arrays.copyOfRange(frame, 9, frame.length);
    return ResponseDecoder.decode(Opcode.RESULT, frame[1], body, body.length, Features.of(version));
  }

  private static boolean hasMetadataId(ProtocolVersion version) {
    return version.hasSegments() || version == ProtocolVersion.DSE_V2;
  }

  private static Columns columns(Gen gen) {
    GenTypes types = new GenTypes(gen);
    boolean oneTable = gen.coin();
    String keyspace = gen.text();
    List<Column> columns = new ArrayList<>();
    for (int i = gen.below(5); i >= 0; i--) {
      columns.add(
          new Column(
              oneTable ? keyspace : gen.text(),
              oneTable ? "t" : gen.text(),
              "c" + i,
              types.type(4)));
    }
    return Columns.of(columns);
  }

  private static List<ColumnSpec> specs(Columns columns) {
    List<ColumnSpec> specs = new ArrayList<>();
    for (Column c : columns) {
      specs.add(
          new ColumnSpec(c.keyspace(), c.table(), c.name(), specs.size(), GenTypes.raw(c.type())));
    }
    return specs;
  }

  private static RowsMetadata metadata(
      List<ColumnSpec> specs, byte[] pagingState, byte[] newId, int page) {
    ByteBuffer state = pagingState == null ? null : ByteBuffer.wrap(pagingState);
    return page > 0
        ? new DseRowsMetadata(specs, state, NO_KEY, newId, page, page == 2)
        : new RowsMetadata(specs, state, NO_KEY, newId);
  }

  private static RowsMetadata metadata(int count, byte[] pagingState, byte[] newId, int page) {
    ByteBuffer state = pagingState == null ? null : ByteBuffer.wrap(pagingState);
    return page > 0
        ? new DseRowsMetadata(count, state, NO_KEY, newId, page, page == 2)
        : new RowsMetadata(count, state, NO_KEY, newId);
  }

  private static List<List<ByteBuffer>> rows(Gen gen, int columnCount) {
    List<List<ByteBuffer>> rows = new ArrayList<>();
    for (int i = gen.below(5); i > 0; i--) {
      List<ByteBuffer> row = new ArrayList<>();
      for (int c = 0; c < columnCount; c++) {
        row.add(gen.orNull(gen.buffer(20)));
      }
      rows.add(row);
    }
    return rows;
  }

  private static List<List<ByteBuffer>> cells(RowsResult result) {
    List<List<ByteBuffer>> rows = new ArrayList<>();
    int at = result.firstCell();
    for (int r = 0; r < result.rowCount(); r++) {
      List<ByteBuffer> row = new ArrayList<>();
      for (int c = 0; c < result.columnCount(); c++) {
        int length = BigEndian.getInt(result.body(), at);
        at += 4;
        row.add(length < 0 ? null : ByteBuffer.wrap(result.body(), at, length).slice());
        at += Math.max(length, 0);
      }
      rows.add(row);
    }
    return rows;
  }
}
