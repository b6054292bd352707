package cqloop.type;

import cqloop.error.CodecFailed;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Value. A CQL tuple: one Java object or null for each component. The objects are kept as they are
 * given; whether they fit the type shows when the tuple is bound.
 */
public final class TupleValue {

  private final TupleType type;

  /** Without the nulls at its end: a value costs no more memory than what it holds. */
  private final @Nullable Object[] values;

  private TupleValue(TupleType type, @Nullable Object[] values) {
    this.type = type;
    this.values = values;
  }

  /**
   * Returns a tuple of these components; those not given are null.
   *
   * @throws IllegalArgumentException when there are more values than components
   */
  public static TupleValue of(TupleType type, @Nullable Object... values) {
    int size = type.components().size();
    if (values.length > size) {
      throw new IllegalArgumentException(
          "%s values given for the %s components of %s".formatted(values.length, size, type.cql()));
    }
    return new TupleValue(type, TrailingNulls.without(values));
  }

  /** Returns the type. */
  public TupleType type() {
    return type;
  }

  /** Returns how many components there are. */
  public int size() {
    return type.components().size();
  }

  /**
   * Returns a copy with another component at this position, counted from 0.
   *
   * @throws IndexOutOfBoundsException when there is no such position
   */
  public TupleValue with(int index, @Nullable Object value) {
    @Nullable Object[] copy = Arrays.copyOf(values, Math.max(values.length, check(index) + 1));
    copy[index] = value;
    return new TupleValue(type, TrailingNulls.without(copy));
  }

  /**
   * Returns the component at this position, counted from 0.
   *
   * @throws IndexOutOfBoundsException when there is no such position
   */
  public @Nullable Object get(int index) {
    return check(index) < values.length ? values[index] : null;
  }

  /**
   * Returns the component at this position as this Java type.
   *
   * @throws IndexOutOfBoundsException when there is no such position
   * @throws CodecFailed when it is of another Java type
   */
  public <T> @Nullable T get(int index, Class<T> javaType) {
    Object value = get(index);
    return FieldCast.cast(value, javaType, "[" + index + "]", type.components().get(index));
  }

  /**
   * Tells whether the component at this position is null.
   *
   * @throws IndexOutOfBoundsException when there is no such position
   */
  public boolean isNull(int index) {
    return get(index) == null;
  }

  private int check(int index) {
    if (index < 0 || index >= size()) {
      throw new IndexOutOfBoundsException(
          "Index %s is outside the %s components of %s".formatted(index, size(), type.cql()));
    }
    return index;
  }

  /** Equal when type and components are; arrays are compared by content. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof TupleValue that
        && type.equals(that.type)
        && Arrays.deepEquals(values, that.values);
  }

  /** Leaves the type out: it may be large, and a set or map seldom holds values of two types. */
  @Override
  public int hashCode() {
    return Arrays.deepHashCode(values);
  }

  /** Returns the type; the values are not shown. */
  @Override
  public String toString() {
    return "TupleValue[" + type.cql() + "]";
  }
}
