package cqloop.netty.message;

import cqloop.Column;
import cqloop.Columns;
import cqloop.netty.wire.BodyReader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Value. The metadata in front of rows and within PREPARED. */
final class RowsMetadata {

  // native_protocol_v5.spec, 4.2.5.2 and 4.2.5.4; the last two are of DSE's continuous paging.
  static final int GLOBAL_TABLE = 0x01;
  static final int MORE_PAGES = 0x02;
  static final int NO_METADATA = 0x04;
  static final int METADATA_CHANGED = 0x08;
  static final int CONTINUOUS_PAGE = 0x40000000;

  private static final int[] NO_INDICES = {};
  private static final int STRING_BYTES = 2;
  private static final int TYPE_BYTES = 2;

  final int flags;
  final int columnCount;
  final int[] partitionKey;
  final byte @Nullable [] pagingState;
  final byte @Nullable [] newMetadataId;
  final @Nullable Columns columns;

  /** Reads the metadata of rows, or the result metadata of PREPARED. */
  static RowsMetadata ofRows(BodyReader in, Features features) {
    return new RowsMetadata(in, features, false, 0);
  }

  /** Reads the metadata of the variables of PREPARED. */
  static RowsMetadata ofVariables(BodyReader in, Features features) {
    return new RowsMetadata(in, features, features.partitionKeyIndices(), features.lwtMask());
  }

  static Columns columnsOrNone(RowsMetadata metadata) {
    return metadata.columns == null ? Columns.NONE : metadata.columns;
  }

  private RowsMetadata(
      BodyReader in, Features features, boolean withPartitionKey, int foreignFlags) {
    flags = in.readInt("metadata flags");
    int known = flags & ~foreignFlags;
    columnCount = in.readInt("column count");
    if (columnCount < 0) {
      throw in.violation("column count", "it is " + columnCount);
    }
    partitionKey = withPartitionKey ? readPartitionKey(in, columnCount) : NO_INDICES;
    pagingState = (known & MORE_PAGES) == 0 ? null : in.readBytes("paging state");
    newMetadataId = (known & METADATA_CHANGED) == 0 ? null : in.readShortBytes("metadata id");
    if (features.version().isDse() && (known & CONTINUOUS_PAGE) != 0) {
      in.skip(Integer.BYTES, "page number");
    }
    columns =
        (known & NO_METADATA) == 0
            ? readColumns(in, columnCount, (known & GLOBAL_TABLE) != 0)
            : null;
  }

  private static int[] readPartitionKey(BodyReader in, int columnCount) {
    int count = in.readCount(Short.BYTES, "partition key count");
    int[] indices = new int[count];
    for (int i = 0; i < count; i++) {
      indices[i] = in.readShort("partition key index");
      if (indices[i] >= columnCount) {
        throw in.violation(
            "partition key index", "%s of %s columns".formatted(indices[i], columnCount));
      }
    }
    return indices;
  }

  private static Columns readColumns(BodyReader in, int count, boolean oneTable) {
    int minBytes = STRING_BYTES + TYPE_BYTES + (oneTable ? 0 : 2 * STRING_BYTES);
    if (count > in.remaining() / minBytes) {
      throw in.violation(
          "columns", "%s are claimed, %s bytes remain".formatted(count, in.remaining()));
    }
    if (count == 0 && !oneTable) {
      return Columns.NONE;
    }
    String keyspace = oneTable ? in.readString("keyspace") : "";
    String table = oneTable ? in.readString("table") : "";
    List<Column> columns = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      keyspace = oneTable ? keyspace : in.readString("keyspace of a column");
      table = oneTable ? table : in.readString("table of a column");
      String name = in.readString("name of a column");
      columns.add(new Column(keyspace, table, name, TypeReader.read(in)));
    }
    return Columns.of(columns);
  }
}
