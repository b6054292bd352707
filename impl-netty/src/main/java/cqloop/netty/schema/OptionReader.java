package cqloop.netty.schema;

import cqloop.Column;
import cqloop.Row;
import cqloop.type.DataType;
import cqloop.type.MapType;
import cqloop.type.PrimitiveType;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Value. Reads the options of a table or view: every column that is no part of its structure, so
 * that options of newer servers are there too.
 */
final class OptionReader {

  private static final Set<String> STRUCTURE =
      Set.of(
          "keyspace_name",
          "table_name",
          "view_name",
          "id",
          "flags",
          "base_table_id",
          "base_table_name",
          "include_all_columns",
          "where_clause");

  private OptionReader() {}

  static Map<String, Object> read(Row row) {
    Map<String, Object> options = new TreeMap<>();
    for (int i = 0; i < row.columns().size(); i++) {
      Column column = row.columns().get(i);
      if (!STRUCTURE.contains(column.name()) && !row.isNull(i)) {
        Object value = value(row, i, column.type());
        if (value != null) {
          options.put(column.name(), value);
        }
      }
    }
    return options;
  }

  /** Returns null for types that options do not have. */
  private static @Nullable Object value(Row row, int index, DataType type) {
    if (type instanceof MapType map && map.key() == PrimitiveType.TEXT) {
      return map.value() == PrimitiveType.TEXT
          ? texts(row, index)
          : map.value() == PrimitiveType.BLOB ? blobs(row, index) : null;
    }
    if (!(type instanceof PrimitiveType primitive)) {
      return null;
    }
    return switch (primitive) {
      case TEXT, ASCII -> row.getString(index);
      case BOOLEAN -> row.getBoolean(index);
      case INT -> row.getInt(index);
      case BIGINT -> row.getLong(index);
      case DOUBLE -> row.getDouble(index);
      case FLOAT -> row.getFloat(index);
      default -> null;
    };
  }

  private static @Nullable Map<String, String> texts(Row row, int index) {
    Map<String, String> map = row.getMap(index, String.class, String.class);
    return map == null ? null : Collections.unmodifiableMap(new TreeMap<>(map));
  }

  private static @Nullable Map<String, String> blobs(Row row, int index) {
    Map<String, byte[]> map = row.getMap(index, String.class, byte[].class);
    if (map == null) {
      return null;
    }
    Map<String, String> texts = new TreeMap<>();
    map.forEach((key, value) -> texts.put(key, "0x" + HexFormat.of().formatHex(value)));
    return Collections.unmodifiableMap(texts);
  }
}
