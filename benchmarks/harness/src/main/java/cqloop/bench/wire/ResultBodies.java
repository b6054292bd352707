package cqloop.bench.wire;

import cqloop.bench.spi.Statements;
import cqloop.bench.spi.Values;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Value. Bodies of RESULT messages, and the bound values, of the statements of all workloads. */
public final class ResultBodies {
  /** A column or a variable: name and type code. */
  public record Column(String name, int type) {}

  // Type codes: native_protocol_v4.spec, section 4.2.5.2.
  public static final int BIGINT = 0x02;
  public static final int BOOLEAN = 0x04;
  public static final int DOUBLE = 0x07;
  public static final int INT = 0x09;
  public static final int TIMESTAMP = 0x0B;
  public static final int UUID = 0x0C;
  public static final int TEXT = 0x0D;

  /** Columns of the point select. */
  public static final List<Column> POINT_COLUMNS =
      List.of(
          new Column("id", BIGINT),
          new Column("name", TEXT),
          new Column("score", INT),
          new Column("ratio", DOUBLE));

  /** Columns of a page. */
  public static final List<Column> PAGE_COLUMNS =
      List.of(
          new Column("pk", BIGINT),
          new Column("ck", INT),
          new Column("name", TEXT),
          new Column("note", TEXT),
          new Column("amount", DOUBLE),
          new Column("active", BOOLEAN),
          new Column("created", TIMESTAMP),
          new Column("ref", UUID));

  private static final List<Column> DOC_VARIABLES =
      List.of(
          new Column("id", BIGINT),
          new Column("body", TEXT),
          new Column("kind", INT),
          new Column("weight", DOUBLE),
          new Column("created", TIMESTAMP),
          new Column("ref", UUID));

  private static final List<String> TABLES = List.of("item", "doc", "page", "stream");

  private ResultBodies() {}

  /** The variables of a statement, by its number. */
  public static List<Column> variables(int statement) {
    return switch (statement) {
      case 0 -> List.of(new Column("id", BIGINT));
      case 1 -> DOC_VARIABLES;
      case 2 -> List.of(new Column("pk", BIGINT));
      default -> List.of(new Column("pk", BIGINT), new Column("[limit]", INT));
    };
  }

  /** The result columns of a statement, by its number. */
  public static List<Column> columns(int statement) {
    return switch (statement) {
      case 0 -> POINT_COLUMNS;
      case 1 -> List.of();
      default -> PAGE_COLUMNS;
    };
  }

  /** Prepared id of a statement: 16 bytes, the first is its number. */
  public static byte[] preparedId(int statement) {
    byte[] id = "?cqloop-bench-id".getBytes(StandardCharsets.US_ASCII);
    id[0] = (byte) statement;
    return id;
  }

  /** Body of the answer to PREPARE. */
  public static byte[] prepared(int version, int statement) {
    byte[] id = preparedId(statement);
    List<Column> variables = variables(statement);
    Bytes out = new Bytes().i32(Frames.PREPARED).shortBytes(id);
    if (version >= 5) {
      out.shortBytes(id);
    }
    out.i32(Frames.GLOBAL_TABLES_SPEC).i32(variables.size()).i32(1).u16(0);
    specs(out, TABLES.get(statement), variables);
    List<Column> columns = columns(statement);
    if (columns.isEmpty()) {
      return out.i32(Frames.NO_METADATA).i32(0).toArray();
    }
    out.i32(Frames.GLOBAL_TABLES_SPEC).i32(columns.size());
    specs(out, TABLES.get(statement), columns);
    return out.toArray();
  }

  /** Body of the answer to a point select. */
  public static byte[] point(int key, boolean metadata) {
    Bytes out = new Bytes();
    rowsHead(out, 0, metadata);
    return out.i32(1).raw(pointCells(key)).toArray();
  }

  /** The cells of the row of a point select. */
  public static byte[] pointCells(int key) {
    Bytes out = new Bytes().longCell(key).cell(utf8(Values.name(key)));
    return out.intCell(Values.score(key)).doubleCell(Values.ratio(key)).toArray();
  }

  /** What stands before the rows of a page: up to and including the row count. */
  public static byte[] pageHead(int statement, boolean metadata, int nextPage) {
    Bytes out = new Bytes();
    rowsHead(out, statement, metadata);
    if (nextPage > 0) {
      byte[] head = out.toArray();
      Bytes paged = new Bytes().raw(Arrays.copyOf(head, 12));
      paged.patchInt(4, ByteBuffer.wrap(head).getInt(4) | Frames.HAS_MORE_PAGES);
      paged.i32(4).i32(nextPage);
      paged.raw(Arrays.copyOfRange(head, 12, head.length));
      out = paged;
    }
    return out.i32(Statements.PAGE_ROWS).toArray();
  }

  /** The rows of a page. */
  public static byte[] pageRows() {
    Bytes out = new Bytes();
    for (int row = 0; row < Statements.PAGE_ROWS; row++) {
      out.raw(rowCells(row));
    }
    return out.toArray();
  }

  /** The cells of one row of a page. */
  public static byte[] rowCells(int row) {
    Bytes out = new Bytes().longCell(Statements.PARTITION).intCell(row);
    out.cell(utf8(Values.rowName(row))).cell(utf8(Values.rowNote(row)));
    out.doubleCell(Values.ratio(row)).booleanCell(Values.rowActive(row));
    return out.longCell(Values.created(row).toEpochMilli()).uuidCell(Values.ref(row)).toArray();
  }

  /** The six values of an insert, each with its length. */
  public static byte[] docValues(int key) {
    Bytes out = new Bytes().longCell(key).cell(utf8(Values.body(key)));
    out.intCell(Values.score(key)).doubleCell(Values.ratio(key));
    out.longCell(Values.created(key).toEpochMilli()).uuidCell(Values.ref(key));
    return out.toArray();
  }

  private static void rowsHead(Bytes out, int statement, boolean metadata) {
    List<Column> columns = columns(statement);
    out.i32(Frames.ROWS);
    out.i32(metadata ? Frames.GLOBAL_TABLES_SPEC : Frames.NO_METADATA).i32(columns.size());
    if (metadata) {
      specs(out, TABLES.get(statement), columns);
    }
  }

  private static void specs(Bytes out, String table, List<Column> columns) {
    out.string("bench").string(table);
    for (Column column : columns) {
      out.string(column.name()).u16(column.type());
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
