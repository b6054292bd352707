package cqloop.netty.schema;

import cqloop.Row;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Value. Reads cells of the tables of the schema, whose columns differ from server to server: one
 * that is not there is null.
 */
final class Cell {

  private Cell() {}

  static boolean has(Row row, String column) {
    int index = row.columns().indexOf(column);
    return index >= 0 && !row.isNull(index);
  }

  static @Nullable String textOrNull(Row row, String column) {
    return has(row, column) ? row.getString(column) : null;
  }

  static String text(Row row, String column) {
    String text = textOrNull(row, column);
    return text == null ? "" : text;
  }

  static List<String> texts(Row row, String column) {
    List<String> texts = has(row, column) ? row.getList(column, String.class) : null;
    return texts == null ? List.of() : texts;
  }

  static Set<String> textSet(Row row, String column) {
    Set<String> texts = has(row, column) ? row.getSet(column, String.class) : null;
    return texts == null ? Set.of() : texts;
  }

  static Map<String, String> textMap(Row row, String column) {
    Map<String, String> texts =
        has(row, column) ? row.getMap(column, String.class, String.class) : null;
    return texts == null ? Map.of() : texts;
  }

  static boolean flag(Row row, String column, boolean otherwise) {
    return has(row, column) ? row.getBoolean(column) : otherwise;
  }

  static int number(Row row, String column, int otherwise) {
    return has(row, column) ? row.getInt(column) : otherwise;
  }

  static @Nullable UUID uuid(Row row, String column) {
    return has(row, column) ? row.getUuid(column) : null;
  }
}
