package cqloop.type;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Value. Copies arrays up to their last element that is not null. */
final class TrailingNulls {

  private TrailingNulls() {}

  static @Nullable Object[] without(@Nullable Object[] values) {
    int length = values.length;
    while (length > 0 && values[length - 1] == null) {
      length--;
    }
    return Arrays.copyOf(values, length);
  }
}
