package cqloop;

import cqloop.type.CqlDuration;
import cqloop.type.GenericType;
import cqloop.type.TupleValue;
import cqloop.type.UdtValue;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Value. One row of a result. Cells are decoded when they are read; the row stays valid for as long
 * as it is kept, and keeps its whole page in memory.
 *
 * <p>Positions count from 0. Names are taken as in {@link Columns#indexOf}; the first column of a
 * name counts. A position or name that does not exist fails with {@link IndexOutOfBoundsException}
 * or {@link java.util.NoSuchElementException}. A getter that returns a primitive fails with {@link
 * cqloop.error.NullValue} on a null or empty cell; one that returns an object gives null. A cell
 * whose CQL type does not fit fails with {@link cqloop.error.CodecFailed}. Getters of numbers
 * widen: {@link #getLong} reads int, smallint and tinyint too.
 */
public interface Row {

  /** Returns the columns of the result. */
  Columns columns();

  /** Returns how many cells the row has. */
  default int size() {
    return columns().size();
  }

  /** Tells whether the cell is null. */
  boolean isNull(int index);

  /** Tells whether the cell has a value of zero bytes, which is not null. */
  boolean isEmpty(int index);

  boolean getBoolean(int index);

  byte getByte(int index);

  short getShort(int index);

  int getInt(int index);

  /** Reads bigint, counter, and the smaller integers. */
  long getLong(int index);

  float getFloat(int index);

  /** Reads double and float. */
  double getDouble(int index);

  /** Reads text and ascii. */
  @Nullable String getString(int index);

  /** Reads uuid and timeuuid. */
  @Nullable UUID getUuid(int index);

  /** Returns the bytes of the cell as they came, whatever its type; null for a null cell. */
  byte @Nullable [] getBytes(int index);

  /**
   * Returns the cell as this Java type.
   *
   * @throws cqloop.error.CodecFailed when no codec has both types
   */
  <T> @Nullable T get(int index, GenericType<T> type);

  /**
   * Returns the cell as this Java type.
   *
   * @throws cqloop.error.CodecFailed when no codec has both types
   */
  <T> @Nullable T get(int index, Class<T> type);

  /** Returns the cell as the usual Java type of its CQL type. */
  @Nullable Object get(int index);

  default @Nullable BigInteger getBigInteger(int index) {
    return get(index, BigInteger.class);
  }

  default @Nullable BigDecimal getBigDecimal(int index) {
    return get(index, BigDecimal.class);
  }

  /** Reads timestamp. */
  default @Nullable Instant getInstant(int index) {
    return get(index, Instant.class);
  }

  default @Nullable LocalDate getLocalDate(int index) {
    return get(index, LocalDate.class);
  }

  default @Nullable LocalTime getLocalTime(int index) {
    return get(index, LocalTime.class);
  }

  default @Nullable CqlDuration getDuration(int index) {
    return get(index, CqlDuration.class);
  }

  default @Nullable InetAddress getInetAddress(int index) {
    return get(index, InetAddress.class);
  }

  /** Reads blob and custom types. */
  default @Nullable Buffer getBuffer(int index) {
    return get(index, Buffer.class);
  }

  default @Nullable UdtValue getUdt(int index) {
    return get(index, UdtValue.class);
  }

  default @Nullable TupleValue getTuple(int index) {
    return get(index, TupleValue.class);
  }

  /** Reads {@code vector<float, n>}. */
  default float @Nullable [] getVector(int index) {
    return get(index, float[].class);
  }

  default <E> @Nullable List<E> getList(int index, Class<E> element) {
    return get(index, GenericType.listOf(element));
  }

  default <E> @Nullable Set<E> getSet(int index, Class<E> element) {
    return get(index, GenericType.setOf(element));
  }

  default <K, V> @Nullable Map<K, V> getMap(int index, Class<K> key, Class<V> value) {
    return get(index, GenericType.mapOf(key, value));
  }

  default boolean isNull(String name) {
    return isNull(columns().requireIndex(name));
  }

  default boolean isEmpty(String name) {
    return isEmpty(columns().requireIndex(name));
  }

  default boolean getBoolean(String name) {
    return getBoolean(columns().requireIndex(name));
  }

  default byte getByte(String name) {
    return getByte(columns().requireIndex(name));
  }

  default short getShort(String name) {
    return getShort(columns().requireIndex(name));
  }

  default int getInt(String name) {
    return getInt(columns().requireIndex(name));
  }

  default long getLong(String name) {
    return getLong(columns().requireIndex(name));
  }

  default float getFloat(String name) {
    return getFloat(columns().requireIndex(name));
  }

  default double getDouble(String name) {
    return getDouble(columns().requireIndex(name));
  }

  default @Nullable String getString(String name) {
    return getString(columns().requireIndex(name));
  }

  default @Nullable UUID getUuid(String name) {
    return getUuid(columns().requireIndex(name));
  }

  default byte @Nullable [] getBytes(String name) {
    return getBytes(columns().requireIndex(name));
  }

  default <T> @Nullable T get(String name, GenericType<T> type) {
    return get(columns().requireIndex(name), type);
  }

  default <T> @Nullable T get(String name, Class<T> type) {
    return get(columns().requireIndex(name), type);
  }

  default @Nullable Object get(String name) {
    return get(columns().requireIndex(name));
  }

  default @Nullable BigInteger getBigInteger(String name) {
    return getBigInteger(columns().requireIndex(name));
  }

  default @Nullable BigDecimal getBigDecimal(String name) {
    return getBigDecimal(columns().requireIndex(name));
  }

  default @Nullable Instant getInstant(String name) {
    return getInstant(columns().requireIndex(name));
  }

  default @Nullable LocalDate getLocalDate(String name) {
    return getLocalDate(columns().requireIndex(name));
  }

  default @Nullable LocalTime getLocalTime(String name) {
    return getLocalTime(columns().requireIndex(name));
  }

  default @Nullable CqlDuration getDuration(String name) {
    return getDuration(columns().requireIndex(name));
  }

  default @Nullable InetAddress getInetAddress(String name) {
    return getInetAddress(columns().requireIndex(name));
  }

  default @Nullable Buffer getBuffer(String name) {
    return getBuffer(columns().requireIndex(name));
  }

  default @Nullable UdtValue getUdt(String name) {
    return getUdt(columns().requireIndex(name));
  }

  default @Nullable TupleValue getTuple(String name) {
    return getTuple(columns().requireIndex(name));
  }

  default float @Nullable [] getVector(String name) {
    return getVector(columns().requireIndex(name));
  }

  default <E> @Nullable List<E> getList(String name, Class<E> element) {
    return getList(columns().requireIndex(name), element);
  }

  default <E> @Nullable Set<E> getSet(String name, Class<E> element) {
    return getSet(columns().requireIndex(name), element);
  }

  default <K, V> @Nullable Map<K, V> getMap(String name, Class<K> key, Class<V> value) {
    return getMap(columns().requireIndex(name), key, value);
  }

  /** Returns every cell as its usual Java type, in order. */
  List<@Nullable Object> toList();

  /** Returns every cell as its usual Java type, in order. */
  @Nullable Object[] toArray();

  /**
   * Returns every cell by name as its usual Java type, in order; of equal names the first counts.
   */
  Map<String, @Nullable Object> toMap();

  /** Returns the row as JSON by name, with the JSON forms of its values. */
  JsonObject toJson();

  /**
   * Returns the row as an instance of this record class. A component takes the column of its own
   * name, in any case and with or without underscores, as the type of the component.
   *
   * @throws IllegalArgumentException when the record has a component without a column
   */
  <R extends java.lang.Record> R as(Class<R> recordType);
}
