package cqloop.type;

/** Value. Writes durations as text. */
final class CqlDurationPrinter {

  // Nanoseconds of each unit, largest first.
  private static final long[] NANOS = {
    3_600_000_000_000L, 60_000_000_000L, 1_000_000_000L, 1_000_000L, 1_000L, 1L
  };
  private static final String[] NAMES = {"h", "m", "s", "ms", "us", "ns"};

  private CqlDurationPrinter() {}

  static String cql(CqlDuration duration) {
    if (duration.equals(CqlDuration.ZERO)) {
      return "0s";
    }
    StringBuilder text = new StringBuilder(duration.isNegative() ? "-" : "");
    append(text, duration.months() / 12, "y");
    append(text, duration.months() % 12, "mo");
    append(text, duration.days(), "d");
    long rest = duration.nanos();
    for (int i = 0; i < NANOS.length; i++) {
      append(text, rest / NANOS[i], NAMES[i]);
      rest %= NANOS[i];
    }
    return text.toString();
  }

  static String iso(CqlDuration duration) {
    StringBuilder text = new StringBuilder(duration.isNegative() ? "-P" : "P");
    append(text, duration.months() / 12, "Y");
    append(text, duration.months() % 12, "M");
    append(text, duration.days(), "D");
    long nanos = duration.nanos();
    if (nanos != 0 || duration.equals(CqlDuration.ZERO)) {
      text.append('T');
      append(text, nanos / NANOS[0], "H");
      append(text, nanos % NANOS[0] / NANOS[1], "M");
      appendSeconds(text, nanos % NANOS[1]);
    }
    return text.charAt(text.length() - 1) == 'T' ? text.append("0S").toString() : text.toString();
  }

  private static void appendSeconds(StringBuilder text, long nanosOfMinute) {
    long fraction = Math.abs(nanosOfMinute % NANOS[2]);
    if (fraction == 0) {
      append(text, nanosOfMinute / NANOS[2], "S");
      return;
    }
    String digits = Long.toString(NANOS[2] + fraction).substring(1);
    int end = digits.length();
    while (digits.charAt(end - 1) == '0') {
      end--;
    }
    text.append(Math.abs(nanosOfMinute / NANOS[2])).append('.').append(digits, 0, end).append('S');
  }

  private static void append(StringBuilder text, long amount, String unit) {
    if (amount != 0) {
      text.append(Math.abs(amount)).append(unit);
    }
  }
}
