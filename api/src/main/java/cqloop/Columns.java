package cqloop;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * Value. The columns of a result or the variables of a prepared statement, in order. Several may
 * have the same name.
 */
public final class Columns implements Iterable<Column> {

  /** No columns at all. */
  public static final Columns NONE = new Columns(List.of());

  private static final int[] NO_INDICES = {};

  private final Column[] columns;
  private final NameIndex names;

  private Columns(List<Column> columns) {
    this.columns = columns.toArray(new Column[0]);
    this.names = new NameIndex(this.columns);
  }

  /** Returns these columns in this order. */
  public static Columns of(List<Column> columns) {
    return columns.isEmpty() ? NONE : new Columns(columns);
  }

  /** Returns how many columns there are. */
  public int size() {
    return columns.length;
  }

  /**
   * Returns the column at this position, counted from 0.
   *
   * @throws IndexOutOfBoundsException when there is no such position
   */
  public Column get(int index) {
    if (index < 0 || index >= columns.length) {
      throw new IndexOutOfBoundsException(
          "Column index %s is outside 0..%s".formatted(index, columns.length - 1));
    }
    return columns[index];
  }

  /**
   * Returns the first position of this name, or -1. The name is taken as CQL takes it: in any case,
   * or exact within double quotes; a name that matches exactly is found as well.
   */
  public int indexOf(String name) {
    return names.first(name);
  }

  /** Returns every position of this name in rising order; empty when there is none. */
  public int[] allIndicesOf(String name) {
    int[] found = names.all(name);
    return found == null ? NO_INDICES : found.clone();
  }

  /**
   * Returns the first position of this name.
   *
   * @throws NoSuchElementException when there is none; the message lists the names there are
   */
  public int requireIndex(String name) {
    int index = names.first(name);
    if (index < 0) {
      throw new NoSuchElementException("No column '%s'. Known: %s".formatted(name, this));
    }
    return index;
  }

  /** Returns the names in order. */
  public List<String> names() {
    return List.of(columns).stream().map(Column::name).toList();
  }

  @Override
  public Iterator<Column> iterator() {
    return List.of(columns).iterator();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other || (other instanceof Columns that && Arrays.equals(columns, that.columns));
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(columns);
  }

  /** Returns the names and types, for logs and messages. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (Column column : columns) {
      text.append(text.isEmpty() ? "" : ", ")
          .append(column.name())
          .append(' ')
          .append(column.type());
    }
    return text.toString();
  }
}
