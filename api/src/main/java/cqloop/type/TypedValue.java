package cqloop.type;

import org.jspecify.annotations.Nullable;

/**
 * Value. A value together with the CQL type it is to be sent as. For statements that are not
 * prepared: there the driver knows no types, and else goes by the Java type of the value.
 *
 * @param type the CQL type of the marker
 * @param value the value, or null
 */
public record TypedValue(DataType type, @Nullable Object value) {

  /** Returns this value, to be sent as this type. */
  public static TypedValue of(DataType type, @Nullable Object value) {
    return new TypedValue(type, value);
  }

  /** Returns the type; the value is not shown. */
  @Override
  public String toString() {
    return "TypedValue[" + type.cql() + "]";
  }
}
