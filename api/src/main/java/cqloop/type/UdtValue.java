package cqloop.type;

import cqloop.error.CodecFailed;
import java.util.Arrays;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * Value. A value of a user-defined type: one Java object or null for each field. The objects are
 * kept as they are given; whether they fit the type shows when the value is bound.
 *
 * <p>Names of fields are taken as CQL takes them: folded to lower case, or exact within double
 * quotes; a name that matches exactly is found as well.
 */
public final class UdtValue {

  private final UserType type;

  /** Without the nulls at its end: a value costs no more memory than what it holds. */
  private final @Nullable Object[] values;

  private UdtValue(UserType type, @Nullable Object[] values) {
    this.type = type;
    this.values = values;
  }

  /**
   * Returns a value with these fields in the order of the type; those not given are null.
   *
   * @throws IllegalArgumentException when there are more values than fields
   */
  public static UdtValue of(UserType type, @Nullable Object... values) {
    int size = type.fieldNames().size();
    if (values.length > size) {
      throw new IllegalArgumentException(
          "%s values given for the %s fields of %s".formatted(values.length, size, type.cql()));
    }
    return new UdtValue(type, TrailingNulls.without(values));
  }

  /** Returns the type. */
  public UserType type() {
    return type;
  }

  /** Returns how many fields there are. */
  public int size() {
    return type.fieldNames().size();
  }

  /**
   * Returns a copy with another value of this field.
   *
   * @throws NoSuchElementException when there is no such field
   */
  public UdtValue with(String name, @Nullable Object value) {
    return with(indexOf(name), value);
  }

  /**
   * Returns a copy with another value of the field at this position, counted from 0.
   *
   * @throws IndexOutOfBoundsException when there is no such position
   */
  public UdtValue with(int index, @Nullable Object value) {
    @Nullable Object[] copy = Arrays.copyOf(values, Math.max(values.length, check(index) + 1));
    copy[index] = value;
    return new UdtValue(type, TrailingNulls.without(copy));
  }

  /**
   * Returns the value of this field.
   *
   * @throws NoSuchElementException when there is no such field
   */
  public @Nullable Object get(String name) {
    return get(indexOf(name));
  }

  /**
   * Returns the value of the field at this position, counted from 0.
   *
   * @throws IndexOutOfBoundsException when there is no such position
   */
  public @Nullable Object get(int index) {
    return check(index) < values.length ? values[index] : null;
  }

  /**
   * Returns the value of this field as this Java type.
   *
   * @throws NoSuchElementException when there is no such field
   * @throws CodecFailed when it is of another Java type
   */
  public <T> @Nullable T get(String name, Class<T> javaType) {
    return get(indexOf(name), javaType);
  }

  /**
   * Returns the value of the field at this position as this Java type.
   *
   * @throws IndexOutOfBoundsException when there is no such position
   * @throws CodecFailed when it is of another Java type
   */
  public <T> @Nullable T get(int index, Class<T> javaType) {
    Object value = get(index);
    return FieldCast.cast(
        value, javaType, type.fieldNames().get(index), type.fieldTypes().get(index));
  }

  /**
   * Tells whether this field is null.
   *
   * @throws NoSuchElementException when there is no such field
   */
  public boolean isNull(String name) {
    return get(name) == null;
  }

  /**
   * Tells whether the field at this position is null.
   *
   * @throws IndexOutOfBoundsException when there is no such position
   */
  public boolean isNull(int index) {
    return get(index) == null;
  }

  private int indexOf(String name) {
    int index = type.indexOf(name);
    if (index < 0 && !name.isEmpty()) {
      index = type.indexOf(CqlIdentifier.toInternal(name));
    }
    if (index < 0) {
      throw new NoSuchElementException(
          "User type %s has no field '%s'. Known: %s"
              .formatted(type.cql(), name, String.join(", ", type.fieldNames())));
    }
    return index;
  }

  private int check(int index) {
    if (index < 0 || index >= size()) {
      throw new IndexOutOfBoundsException(
          "Index %s is outside the %s fields of %s".formatted(index, size(), type.cql()));
    }
    return index;
  }

  /** Equal when type and fields are; arrays are compared by content. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof UdtValue that
        && type.equals(that.type)
        && Arrays.deepEquals(values, that.values);
  }

  /** Leaves the type out: it may be large, and a set or map seldom holds values of two types. */
  @Override
  public int hashCode() {
    return Arrays.deepHashCode(values);
  }

  /** Returns the type and the names of its fields; the values are not shown. */
  @Override
  public String toString() {
    return "UdtValue[%s: %s]".formatted(type.cql(), String.join(", ", type.fieldNames()));
  }
}
