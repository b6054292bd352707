package cqloop.type;

import cqloop.error.CodecFailed;
import org.jspecify.annotations.Nullable;

/** Value. Gives a field of a tuple or user type as the Java type that was asked for. */
final class FieldCast {

  private FieldCast() {}

  static <T> @Nullable T cast(
      @Nullable Object value, Class<T> wanted, String field, DataType type) {
    if (value == null) {
      return null;
    }
    if (!wanted.isInstance(value)) {
      String found = value.getClass().getName();
      throw new CodecFailed(field, type, wanted.getName(), "it holds a " + found, null);
    }
    return wanted.cast(value);
  }
}
