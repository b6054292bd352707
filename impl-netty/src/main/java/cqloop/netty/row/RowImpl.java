package cqloop.netty.row;

import cqloop.Columns;
import cqloop.Row;
import cqloop.netty.codec.TypeCode;
import cqloop.netty.wire.BigEndian;
import cqloop.spi.TypeCodec;
import cqloop.type.GenericType;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
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

  private static final int BYTES_BITS = 20;
  private static final int BYTES_MASK = (1 << BYTES_BITS) - 1;
  private static final int MAX_REMEMBERED = (1 << (Integer.SIZE - 1 - BYTES_BITS)) - 1;

  private final RowPage page;

  /** Where the row begins, negative with {@link RowPage#IRREGULAR}. */
  private final int start;

  /**
   * What was last counted, in the upper bits, and bytes in the lower. In a regular row: how many
   * columns that vary, and the bytes of their values. In any other: a column, and the offset of its
   * cell from the start of the row. One int is written and read as a whole, so threads that race
   * see a right pair, new or old.
   */
  private int counted;

  RowImpl(RowPage page, int start) {
    this.page = page;
    this.start = start;
  }

  @Override
  public int getInt(int index) {
    long column = page.column(index);
    return start >= 0 && RowShape.typeCode(column) == TypeCode.INT
        ? BigEndian.getInt(page.body, regular(column) + Integer.BYTES)
        : Cells.toInt(page, index, cell(index));
  }

  @Override
  public long getLong(int index) {
    long column = page.column(index);
    return start >= 0 && RowShape.typeCode(column) == TypeCode.BIGINT
        ? BigEndian.getLong(page.body, regular(column) + Integer.BYTES)
        : Cells.toLong(page, index, cell(index));
  }

  @Override
  public double getDouble(int index) {
    long column = page.column(index);
    return start >= 0 && RowShape.typeCode(column) == TypeCode.DOUBLE
        ? Double.longBitsToDouble(BigEndian.getLong(page.body, regular(column) + Integer.BYTES))
        : Cells.toDouble(page, index, cell(index));
  }

  @Override
  public @Nullable Instant getInstant(int index) {
    long column = page.column(index);
    return start >= 0
            && RowShape.typeCode(column) == TypeCode.TIMESTAMP
            && page.plan.hasPlainTimestamps()
        ? Instant.ofEpochMilli(BigEndian.getLong(page.body, regular(column) + Integer.BYTES))
        : get(index, Instant.class);
  }

  @Override
  public float getFloat(int index) {
    return Cells.toFloat(page, index, cell(index));
  }

  @Override
  public boolean getBoolean(int index) {
    long column = page.column(index);
    return start >= 0 && RowShape.typeCode(column) == TypeCode.BOOLEAN
        ? page.body[regular(column) + Integer.BYTES] != 0
        : Cells.toBoolean(page, index, cell(index));
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
    long column = page.column(index);
    int code = RowShape.typeCode(column);
    if (start >= 0 && (code == TypeCode.UUID || code == TypeCode.TIMEUUID)) {
      int at = regular(column) + Integer.BYTES;
      return new UUID(
          BigEndian.getLong(page.body, at), BigEndian.getLong(page.body, at + Long.BYTES));
    }
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
        && Arrays.equals(page.body, first(), end(), that.page.body, that.first(), that.end());
  }

  @Override
  public int hashCode() {
    int hash = 1;
    for (int at = first(), end = end(); at < end; at++) {
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
    long column = page.column(index);
    return start >= 0 ? regular(column) : walk(index);
  }

  /** Returns the position of the length of a cell, in a row that is regular. */
  private int regular(long column) {
    int varying = RowShape.varyingBefore(column);
    int at = start + RowShape.bytesBefore(column);
    return varying == 0 ? at : at + bytesOf(varying);
  }

  /** Returns how many bytes the first columns that vary have in this row. */
  private int bytesOf(int varying) {
    int last = counted;
    int number = last >>> BYTES_BITS;
    if (number == varying) {
      return last & BYTES_MASK;
    }
    int bytes = last & BYTES_MASK;
    boolean backwards = number > varying;
    if (backwards) {
      number = 0;
      bytes = 0;
    }
    RowShape shape = page.plan.shape();
    do {
      bytes += Math.max(0, lengthAt(start + shape.beforeVarying(number) + bytes));
    } while (++number < varying);
    if (!backwards) {
      remember(varying, bytes);
    }
    return bytes;
  }

  /** Returns the position of the length of a cell, from left to right over all before it. */
  private int walk(int index) {
    int last = counted;
    int column = last >>> BYTES_BITS;
    int at = first();
    if (column <= index) {
      at += last & BYTES_MASK;
    } else {
      column = 0;
    }
    for (; column < index; column++) {
      at = page.next(at);
    }
    remember(index, at - first());
    return at;
  }

  private void remember(int number, int bytes) {
    if (bytes <= BYTES_MASK && number <= MAX_REMEMBERED) {
      counted = number << BYTES_BITS | bytes;
    }
  }

  private int first() {
    return start & ~RowPage.IRREGULAR;
  }

  private int end() {
    int last = page.plan.size() - 1;
    return page.next(cell(last));
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
