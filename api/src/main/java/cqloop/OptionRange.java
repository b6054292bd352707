package cqloop;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Value. Refuses values outside the range of an option. */
final class OptionRange {

  // What a timer of Netty can hold without overflow.
  private static final Duration LONGEST = Duration.ofDays(36_500);

  private OptionRange() {}

  static int within(String option, int value, int lowest, int highest) {
    if (value < lowest || value > highest) {
      throw new IllegalArgumentException(
          "%s must be within %s to %s, not %s".formatted(option, lowest, highest, value));
    }
    return value;
  }

  /** A time that may be 0, which stands for "none" or "off". */
  static Duration notNegative(String option, Duration value) {
    if (value.isNegative() || value.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "%s must be within 0 to 100 years, not %s".formatted(option, value));
    }
    return value;
  }

  static Duration positive(String option, Duration value) {
    if (value.isZero()) {
      throw new IllegalArgumentException(option + " must be above 0");
    }
    return notNegative(option, value);
  }

  /** Returns a copy that nobody can change; null stays null. */
  static @Nullable List<String> texts(String option, @Nullable List<String> values) {
    if (values == null) {
      return null;
    }
    for (String value : values) {
      notEmpty("each of " + option, value);
    }
    return List.copyOf(values);
  }

  static String notEmpty(String option, String value) {
    if (value.isBlank()) {
      throw new IllegalArgumentException(option + " must not be empty");
    }
    return value;
  }
}
