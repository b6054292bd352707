package cqloop.netty.row;

import cqloop.Columns;
import cqloop.Row;
import cqloop.netty.codec.TypeCode;
import cqloop.netty.wire.BigEndian;
import cqloop.spi.TypeCodec;
import cqloop.type.GenericType;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Value. One row: where it is in its page. It moves nowhere, so it may be kept and read by any
 * thread; the only thing it remembers is where the last cell was, for reading from left to right.
 */
final class RowImpl implements Row {

  private static final int OFFSET_BITS = 20;
  private static final int OFFSET_MASK = (1 << OFFSET_BITS) - 1;
  private static final int MAX_REMEMBERED_COLUMN = (1 << (Integer.SIZE - 1 - OFFSET_BITS)) - 1;

  private final RowPage page;
  private final int start;

  /**
   * A column in the upper bits and the offset of its cell from the start of the row in the lower.
   * One int is written and read as a whole, so threads that race see a right pair, new or old.
   */
  private int lastCell;

  RowImpl(RowPage page, int start) {
    this.page = page;
    this.start = start;
  }

  @Override
  public int getInt(int index) {
    int at = cell(index);
    return page.plan.typeCode(index) == TypeCode.INT && lengthAt(at) == Integer.BYTES
        ? BigEndian.getInt(page.body, at + Integer.BYTES)
        : Cells.toInt(page, index, at);
  }

  @Override
  public long getLong(int index) {
    int at = cell(index);
    return page.plan.typeCode(index) == TypeCode.BIGINT && lengthAt(at) == Long.BYTES
        ? BigEndian.getLong(page.body, at + Integer.BYTES)
        : Cells.toLong(page, index, at);
  }

  @Override
  public double getDouble(int index) {
    int at = cell(index);
    return page.plan.typeCode(index) == TypeCode.DOUBLE && lengthAt(at) == Double.BYTES
        ? Double.longBitsToDouble(BigEndian.getLong(page.body, at + Integer.BYTES))
        : Cells.toDouble(page, index, at);
  }

  @Override
  public float getFloat(int index) {
    return Cells.toFloat(page, index, cell(index));
  }

  @Override
  public boolean getBoolean(int index) {
    return Cells.toBoolean(page, index, cell(index));
  }

  @Override
  public byte getByte(int index) {
    return Cells.toByte(page, index, cell(index));
  }

  @Override
  public short getShort(int index) {
    return Cells.toShort(page, index, cell(index));
  }

  @Override
  public @Nullable String getString(int index) {
    return Cells.toText(page, index, cell(index));
  }

  @Override
  public @Nullable UUID getUuid(int index) {
    return Cells.toUuid(page, index, cell(index));
  }

  @Override
  public byte @Nullable [] getBytes(int index) {
    int at = cell(index);
    int length = lengthAt(at);
    int from = at + Integer.BYTES;
    return length < 0 ? null : Arrays.copyOfRange(page.body, from, from + length);
  }

  @Override
  public boolean isNull(int index) {
    return lengthAt(cell(index)) < 0;
  }

  @Override
  public boolean isEmpty(int index) {
    return lengthAt(cell(index)) == 0;
  }

  @Override
  @SuppressWarnings("unchecked") // The plan gives the codec of this Java type.
  public <T> @Nullable T get(int index, Class<T> type) {
    int at = cell(index);
    return (T) decode(index, at, page.plan.codec(index, type));
  }

  @Override
  @SuppressWarnings("unchecked") // The plan gives the codec of this Java type.
  public <T> @Nullable T get(int index, GenericType<T> type) {
    if (type.rawType() == Optional.class && type.arguments().size() == 1) {
      return (T) Optional.ofNullable(get(index, type.arguments().get(0)));
    }
    int at = cell(index);
    return (T) decode(index, at, page.plan.codec(index, type));
  }

  @Override
  public @Nullable Object get(int index) {
    int at = cell(index);
    int length = lengthAt(at);
    return length < 0 ? null : page.plan.decodeUsual(index, page.body, at + Integer.BYTES, length);
  }

  @Override
  public Columns columns() {
    return page.plan.columns();
  }

  @Override
  public int size() {
    return page.plan.size();
  }

  @Override
  public @Nullable Object[] toArray() {
    @Nullable Object[] values = new Object[size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = get(i);
    }
    return values;
  }

  @Override
  public List<@Nullable Object> toList() {
    return Collections.unmodifiableList(Arrays.asList(toArray()));
  }

  @Override
  public Map<String, @Nullable Object> toMap() {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    for (int i = 0; i < size(); i++) {
      String name = columns().get(i).name();
      if (!values.containsKey(name)) {
        values.put(name, get(i));
      }
    }
    return values;
  }

  @Override
  public JsonObject toJson() {
    JsonObject json = new JsonObject();
    for (int i = 0; i < size(); i++) {
      String name = columns().get(i).name();
      if (!json.containsKey(name)) {
        json.put(name, JsonForms.of(get(i)));
      }
    }
    return json;
  }

  @Override
  public <R extends Record> R as(Class<R> recordType) {
    return page.plan.mapper(recordType).map(this);
  }

  /** Equal when the columns are, and the bytes of all cells. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof RowImpl that
        && columns().equals(that.columns())
        && Arrays.equals(page.body, start, end(), that.page.body, that.start, that.end());
  }

  @Override
  public int hashCode() {
    int hash = 1;
    for (int at = start, end = end(); at < end; at++) {
      hash = 31 * hash + page.body[at];
    }
    return hash;
  }

  /** Returns the names and types of the columns; the values are not shown. */
  @Override
  public String toString() {
    return "Row(" + columns() + ")";
  }

  /** Returns the position of the length of a cell. */
  private int cell(int index) {
    if (index < 0 || index >= page.plan.size()) {
      throw new IndexOutOfBoundsException(
          "Column index %d is outside 0..%d".formatted(index, page.plan.size() - 1));
    }
    int last = lastCell;
    int column = last >>> OFFSET_BITS;
    int at = start;
    if (column <= index) {
      at += last & OFFSET_MASK;
    } else {
      column = 0;
    }
    if (column < index) {
      at = walk(column, at, index);
    }
    return at;
  }

  private int walk(int from, int fromAt, int index) {
    int at = fromAt;
    for (int column = from; column < index; column++) {
      at = page.next(column, at);
    }
    int offset = at - start;
    if (offset <= OFFSET_MASK && index <= MAX_REMEMBERED_COLUMN) {
      lastCell = index << OFFSET_BITS | offset;
    }
    return at;
  }

  private int end() {
    int last = page.plan.size() - 1;
    return page.next(last, cell(last));
  }

  private int lengthAt(int at) {
    return BigEndian.getInt(page.body, at);
  }

  private @Nullable Object decode(int index, int at, TypeCodec<?> codec) {
    int length = lengthAt(at);
    if (length < 0) {
      return null;
    }
    try {
      return codec.decode(page.body, at + Integer.BYTES, length);
    } catch (RuntimeException refused) {
      throw page.plan.failed(index, codec.javaType().toString(), refused);
    }
  }
}
