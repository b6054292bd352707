package cqloop.testkit.fake;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Not shared until given to a rule. RESULT of kind Rows; native_protocol_v5.spec §4.2.5.2. The
 * metadata is left out when the request allows it, as real servers do.
 */
public final class RowsReply implements Reply {
  private static final int KIND_ROWS = 2;

  private final List<Column> columns = new ArrayList<>();
  private final List<List<byte @Nullable []>> rows = new ArrayList<>();
  private String keyspace = "ks";
  private String table = "t";
  private byte @Nullable [] pagingState;
  private byte @Nullable [] newMetadataId;
  private boolean alwaysMetadata;
  private boolean paged;
  private @Nullable Integer continuousPage;
  private boolean lastPage;

  RowsReply() {}

  /** Names the table that all columns belong to; the default is {@code ks.t}. */
  public RowsReply table(String keyspace, String table) {
    this.keyspace = keyspace;
    this.table = table;
    return this;
  }

  /** Adds a column. */
  public RowsReply column(String name, WireType type) {
    columns.add(new Column(name, type));
    return this;
  }

  /** Adds a row with one Java value per column; byte arrays are taken as they are. */
  public RowsReply row(@Nullable Object... values) {
    if (values.length != columns.size()) {
      throw new IllegalArgumentException(
          "a row has " + values.length + " values; there are " + columns.size() + " columns");
    }
    List<byte @Nullable []> cells = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      cells.add(ValueEncoder.encode(columns.get(i).type(), values[i]));
    }
    rows.add(cells);
    return this;
  }

  /** Says that more pages follow, with this paging state. */
  public RowsReply pagingState(byte... state) {
    this.pagingState = state.clone();
    return this;
  }

  /** Says that the columns changed since the statement was prepared, with the new id. */
  public RowsReply newMetadataId(byte... id) {
    this.newMetadataId = id.clone();
    return this;
  }

  /** Sends the metadata even when the request allows to leave it out. */
  public RowsReply alwaysMetadata() {
    this.alwaysMetadata = true;
    return this;
  }

  /** Marks a page of DSE's continuous paging; answer one request with several of them. */
  public RowsReply continuousPage(int number, boolean last) {
    this.continuousPage = number;
    this.lastPage = last;
    return this;
  }

  /** Cuts the rows into pages by the page size and the paging state of each request. */
  public RowsReply paged() {
    this.paged = true;
    return this;
  }

  @Override
  public Opcode opcode() {
    return Opcode.RESULT;
  }

  @Override
  public void writeBody(WireWriter out, Context context) {
    QueryParameters parameters = context.request() == null ? null : context.request().parameters();
    int from = paged ? offset(parameters) : 0;
    int to = paged ? end(parameters, from) : rows.size();
    byte[] state = paged && to < rows.size() ? state(to) : pagingState;
    boolean skip =
        parameters != null && parameters.skipMetadata() && !alwaysMetadata && newMetadataId == null;
    out.writeInt(KIND_ROWS);
    writeMetadata(out, state, skip);
    out.writeInt(to - from);
    for (List<byte @Nullable []> row : rows.subList(from, to)) {
      row.forEach(out::writeBytes);
    }
  }

  private void writeMetadata(WireWriter out, byte @Nullable [] state, boolean skip) {
    int flags =
        (skip ? Column.FLAG_NO_METADATA : Column.FLAG_GLOBAL_TABLE)
            | (state == null ? 0 : Column.FLAG_MORE_PAGES)
            | (newMetadataId == null ? 0 : Column.FLAG_METADATA_CHANGED)
            | (continuousPage == null ? 0 : Column.FLAG_CONTINUOUS_PAGE)
            | (lastPage ? Column.FLAG_LAST_PAGE : 0);
    out.writeInt(flags).writeInt(columns.size());
    if (state != null) {
      out.writeBytes(state);
    }
    if (newMetadataId != null) {
      out.writeShortBytes(newMetadataId);
    }
    if (continuousPage != null) {
      out.writeInt(continuousPage);
    }
    if (!skip) {
      Column.writeAll(out, keyspace, table, columns);
    }
  }

  private int offset(@Nullable QueryParameters parameters) {
    byte[] state = parameters == null ? null : parameters.pagingState();
    return state == null ? 0 : Math.min(rows.size(), Math.max(0, new WireReader(state).readInt()));
  }

  private int end(@Nullable QueryParameters parameters, int from) {
    Integer size = parameters == null ? null : parameters.pageSize();
    return size == null || size <= 0 ? rows.size() : Math.min(rows.size(), from + size);
  }

  private static byte[] state(int offset) {
    return new WireWriter().writeInt(offset).toBytes();
  }
}
