package cqloop.testkit.fake;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Not shared until given to a rule. RESULT of kind Prepared; native_protocol_v5.spec §4.2.5.4. */
public final class PreparedReply implements Reply {
  private static final int KIND_PREPARED = 4;

  private final List<Column> variables = new ArrayList<>();
  private final List<Column> results = new ArrayList<>();
  private String keyspace = "ks";
  private String table = "t";
  private int[] partitionKey = {};
  private byte @Nullable [] id;
  private byte[] resultMetadataId = {0x4D, 0x31};
  private int extraVariableFlags;

  PreparedReply() {}

  /** Names the table that all columns belong to; the default is {@code ks.t}. */
  public PreparedReply table(String keyspace, String table) {
    this.keyspace = keyspace;
    this.table = table;
    return this;
  }

  /** Adds a bound variable. */
  public PreparedReply variable(String name, WireType type) {
    variables.add(new Column(name, type));
    return this;
  }

  /** Adds a column of the rows that an execution returns. */
  public PreparedReply result(String name, WireType type) {
    results.add(new Column(name, type));
    return this;
  }

  /** Says which variables, by index and in order, make the partition key (v4 and later). */
  public PreparedReply partitionKey(int... variableIndexes) {
    this.partitionKey = variableIndexes.clone();
    return this;
  }

  /** Sets the id; the default is the MD5 of the text, as in Cassandra. */
  public PreparedReply id(byte... id) {
    this.id = id.clone();
    return this;
  }

  /** Sets the id of the result metadata (v5, DSE v2, or by extension). */
  public PreparedReply resultMetadataId(byte... id) {
    this.resultMetadataId = id.clone();
    return this;
  }

  /** Adds bits to the flags of the variables, such as ScyllaDB's mark of conditional writes. */
  public PreparedReply extraVariableFlags(int bits) {
    this.extraVariableFlags = bits;
    return this;
  }

  /** The id that the statement gets: the given one, or the MD5 of its text. */
  byte[] idFor(String cql) {
    return id == null ? md5(cql) : id.clone();
  }

  /** Empty rows with the result columns, or null when an execution returns none. */
  @Nullable RowsReply emptyRows() {
    if (results.isEmpty()) {
      return null;
    }
    RowsReply rows = new RowsReply().table(keyspace, table);
    results.forEach(column -> rows.column(column.name(), column.type()));
    return rows;
  }

  @Override
  public Opcode opcode() {
    return Opcode.RESULT;
  }

  @Override
  public void writeBody(WireWriter out, Context context) {
    Request request = context.request();
    String cql = request == null ? null : request.cql();
    out.writeInt(KIND_PREPARED).writeShortBytes(idFor(cql == null ? "" : cql));
    if (context.dialect().resultMetadataId()) {
      out.writeShortBytes(resultMetadataId);
    }
    writeVariables(out, context.dialect().version());
    writeResults(out);
  }

  private void writeVariables(WireWriter out, WireVersion version) {
    int flags = variables.isEmpty() ? 0 : Column.FLAG_GLOBAL_TABLE;
    out.writeInt(flags | extraVariableFlags).writeInt(variables.size());
    if (version.atLeastV4()) {
      out.writeInt(partitionKey.length);
      for (int index : partitionKey) {
        out.writeShort(index);
      }
    }
    if (!variables.isEmpty()) {
      Column.writeAll(out, keyspace, table, variables);
    }
  }

  private void writeResults(WireWriter out) {
    if (results.isEmpty()) {
      out.writeInt(Column.FLAG_NO_METADATA).writeInt(0);
      return;
    }
    out.writeInt(Column.FLAG_GLOBAL_TABLE).writeInt(results.size());
    Column.writeAll(out, keyspace, table, results);
  }

  private static byte[] md5(String text) {
    try {
      return MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has MD5", e);
    }
  }
}
