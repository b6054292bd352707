package cqloop.netty.schema;

import cqloop.Row;
import cqloop.metadata.ColumnMetadata;
import cqloop.metadata.ColumnMetadata.ClusteringOrder;
import cqloop.metadata.ColumnMetadata.ColumnKind;
import cqloop.type.DataType;
import cqloop.type.ListType;
import cqloop.type.MapType;
import cqloop.type.SetType;
import cqloop.type.UserType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Home-loop-owned. Reads the columns of one table or view. */
final class ColumnReader {

  /**
   * Partition key, clustering columns, static columns, others; keys by place; others as SELECT *
   * gives them: first those of one cell, then those of many, by name.
   */
  private static final Comparator<ColumnMetadata> ORDER =
      Comparator.comparing(ColumnMetadata::kind)
          .thenComparing(ColumnMetadata::position)
          .thenComparing(ColumnReader::hasManyCells)
          .thenComparing(ColumnReader::byName);

  private static final String EMPTY = "empty";

  private final Function<String, @Nullable DataType> userTypes;

  ColumnReader(Function<String, @Nullable DataType> userTypes) {
    this.userTypes = userTypes;
  }

  /**
   * Returns the columns in order.
   *
   * @param flags how the table is stored
   */
  List<ColumnMetadata> read(List<Row> rows, List<Row> masks, Set<String> flags) {
    Map<String, String> maskOf = new HashMap<>();
    for (Row mask : masks) {
      maskOf.put(Cell.text(mask, "column_name"), mask(mask));
    }
    List<ColumnMetadata> columns = new ArrayList<>(rows.size());
    boolean isDense = flags.contains("dense");
    boolean isStaticCompact = !isDense && !flags.contains("compound") && !flags.contains("super");
    for (Row row : rows) {
      ColumnMetadata column = column(row, maskOf);
      ColumnMetadata shown =
          isStaticCompact ? ofStaticCompact(column) : isDense ? ofDense(column) : column;
      if (shown != null) {
        columns.add(shown);
      }
    }
    columns.sort(ORDER);
    return columns;
  }

  private ColumnMetadata column(Row row, Map<String, String> maskOf) {
    String name = Cell.text(row, "column_name");
    String cqlType = Cell.text(row, "type");
    String order = Cell.text(row, "clustering_order").toLowerCase(Locale.ROOT);
    return new ColumnMetadata(
        name,
        TypeText.parse(cqlType, userTypes),
        cqlType,
        kind(Cell.text(row, "kind")),
        Cell.number(row, "position", -1),
        order.equals("asc")
            ? ClusteringOrder.ASC
            : order.equals("desc") ? ClusteringOrder.DESC : ClusteringOrder.NONE,
        maskOf.get(name));
  }

  private static boolean hasManyCells(ColumnMetadata column) {
    DataType type = column.type();
    boolean isDivisible =
        type instanceof ListType
            || type instanceof SetType
            || type instanceof MapType
            || type instanceof UserType;
    return isDivisible && !column.isFrozen();
  }

  /**
   * As servers order names: by their bytes, of which the first counts as signed. So names that
   * begin outside of ASCII come first. Cassandra 3.11 to 6.0, ColumnMetadata.comparisonOrder.
   */
  private static int byName(ColumnMetadata a, ColumnMetadata b) {
    byte[] left = a.name().getBytes(StandardCharsets.UTF_8);
    byte[] right = b.name().getBytes(StandardCharsets.UTF_8);
    int byFirst = left.length == 0 || right.length == 0 ? 0 : Byte.compare(left[0], right[0]);
    return byFirst == 0 ? Arrays.compareUnsigned(left, right) : byFirst;
  }

  private static ColumnKind kind(String kind) {
    return switch (kind) {
      case "partition_key" -> ColumnKind.PARTITION_KEY;
      case "clustering" -> ColumnKind.CLUSTERING;
      case "static" -> ColumnKind.STATIC;
      default -> ColumnKind.REGULAR;
    };
  }

  /** Tables of old without clustering columns: the server stores their columns as static ones. */
  private static @Nullable ColumnMetadata ofStaticCompact(ColumnMetadata column) {
    return switch (column.kind()) {
      case PARTITION_KEY -> column;
      case STATIC ->
          new ColumnMetadata(
              column.name(),
              column.type(),
              column.cqlType(),
              ColumnKind.REGULAR,
              column.position(),
              column.order(),
              column.mask());
      case CLUSTERING, REGULAR -> null;
    };
  }

  /** Tables of old with nothing but a key: the server makes up a column without values. */
  private static @Nullable ColumnMetadata ofDense(ColumnMetadata column) {
    boolean madeUp = column.name().isEmpty() || column.cqlType().equals(EMPTY);
    return madeUp && column.kind() == ColumnKind.REGULAR ? null : column;
  }

  private static String mask(Row row) {
    List<String> types = Cell.texts(row, "function_argument_types");
    List<String> values = Cell.texts(row, "function_argument_values");
    int index = row.columns().indexOf("function_argument_nulls");
    List<Boolean> nulls = index < 0 || row.isNull(index) ? null : row.getList(index, Boolean.class);
    StringBuilder text = new StringBuilder();
    text.append(Names.quoted(Cell.text(row, "function_keyspace"))).append('.');
    text.append(Names.quoted(Cell.text(row, "function_name"))).append('(');
    for (int i = 0; i < values.size(); i++) {
      boolean isNull = nulls != null && i < nulls.size() && nulls.get(i);
      String type = i < types.size() ? types.get(i) : "";
      text.append(i == 0 ? "" : ", ").append(isNull ? "null" : literal(type, values.get(i)));
    }
    return text.append(')').toString();
  }

  /** Collections, tuples and types of users stay as they are stored, which no CQL takes. */
  private static String literal(String type, String value) {
    if (type.equals("blob")) {
      return "0x" + value;
    }
    return Names.isWrittenAsString(type) ? Names.string(value) : value;
  }
}
