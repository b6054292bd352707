package cqloop.type;

import java.util.Locale;

/** Value (used once). Reads the text forms of a duration. */
final class CqlDurationParser {

  private static final long SECOND = 1_000_000_000L;

  /** Units of the CQL form in the order in which they may follow each other. */
  private enum Unit {
    Y(12, 0, 0),
    MO(1, 0, 0),
    W(0, 7, 0),
    D(0, 1, 0),
    H(0, 0, 3600 * SECOND),
    M(0, 0, 60 * SECOND),
    S(0, 0, SECOND),
    MS(0, 0, 1_000_000L),
    US(0, 0, 1_000L),
    NS(0, 0, 1L);

    private final int months;
    private final int days;
    private final long nanos;

    Unit(int months, int days, long nanos) {
      this.months = months;
      this.days = days;
      this.nanos = nanos;
    }
  }

  private static final Unit[] CQL_UNITS = Unit.values();

  // The order of the letters is the order in which they may follow each other.
  private static final String ISO_DATE = "YMWD";
  private static final Unit[] ISO_DATE_UNITS = {Unit.Y, Unit.MO, Unit.W, Unit.D};
  private static final String ISO_TIME = "HMS";
  private static final Unit[] ISO_TIME_UNITS = {Unit.H, Unit.M, Unit.S};

  private final String text;
  private final String upper;
  private final long sign;
  private int at;
  private long months;
  private long days;
  private long nanos;

  CqlDurationParser(String text) {
    this.text = text;
    // Both micro signs are letters whose upper case is the Greek capital mu.
    this.upper = text.toUpperCase(Locale.ROOT).replace("\u039cS", "US");
    this.sign = upper.startsWith("-") ? -1 : 1;
    this.at = sign < 0 ? 1 : 0;
  }

  CqlDuration parse() {
    try {
      if (peek() != 'P') {
        parseCql();
      } else if (upper.indexOf('-', at) > 0) {
        parseIsoAlternative();
      } else {
        parseIso();
      }
      return new CqlDuration(Math.toIntExact(months), Math.toIntExact(days), nanos);
    } catch (ArithmeticException e) {
      throw fail("it is longer than a duration can be");
    }
  }

  private void parseCql() {
    int last = -1;
    do {
      long amount = number();
      last = inOrder(cqlUnit(), last);
      add(amount, CQL_UNITS[last]);
    } while (at < upper.length());
  }

  private int cqlUnit() {
    int start = at;
    while (at < upper.length() && !isDigit(upper.charAt(at))) {
      at++;
    }
    String name = upper.substring(start, at);
    for (int i = 0; i < CQL_UNITS.length; i++) {
      if (CQL_UNITS[i].name().equals(name)) {
        return i;
      }
    }
    throw fail("'" + name.toLowerCase(Locale.ROOT) + "' is no unit");
  }

  private void parseIso() {
    at++;
    int first = at;
    parseDesignators(ISO_DATE, ISO_DATE_UNITS);
    if (peek() == 'T') {
      at++;
      first = at;
      parseDesignators(ISO_TIME, ISO_TIME_UNITS);
    }
    if (at == first || at < upper.length()) {
      throw fail("an amount with a unit is missing");
    }
  }

  private void parseDesignators(String letters, Unit[] units) {
    int last = -1;
    while (isDigit(peek())) {
      long amount = number();
      long fraction = peek() == '.' ? fractionOfSecond() : 0;
      int unit = letters.indexOf(peek());
      if (unit < 0 || (fraction != 0 && units[unit] != Unit.S)) {
        throw fail("character " + (at + 1) + " is not expected");
      }
      at++;
      last = inOrder(unit, last);
      add(amount, units[unit]);
      nanos = Math.addExact(nanos, fraction);
    }
  }

  private void parseIsoAlternative() {
    at++;
    add(fixed(4, '-'), Unit.Y);
    add(fixed(2, '-'), Unit.MO);
    add(fixed(2, 'T'), Unit.D);
    add(fixed(2, ':'), Unit.H);
    add(fixed(2, ':'), Unit.M);
    add(fixed(2, '\0'), Unit.S);
  }

  /** Reads exactly this many digits and the character after them; 0 stands for the end. */
  private long fixed(int digits, char after) {
    int start = at;
    long amount = number();
    if (at - start != digits || peek() != after) {
      throw fail("the form is P0000-00-00T00:00:00");
    }
    at++;
    return amount;
  }

  private int inOrder(int unit, int last) {
    if (unit <= last) {
      throw fail("units must go from large to small, each once");
    }
    return unit;
  }

  /** Reads digits as a number with the sign of the whole, so that the lowest values fit too. */
  private long number() {
    int start = at;
    long amount = 0;
    while (isDigit(peek())) {
      amount = Math.addExact(Math.multiplyExact(amount, 10L), sign * (peek() - '0'));
      at++;
    }
    if (at == start) {
      throw fail("a number is missing at character " + (at + 1));
    }
    return amount;
  }

  /** Reads a point and up to nine digits as nanoseconds with the sign of the whole. */
  private long fractionOfSecond() {
    at++;
    int start = at;
    long fraction = 0;
    for (long scale = SECOND / 10; isDigit(peek()); scale /= 10) {
      fraction += scale * sign * (peek() - '0');
      at++;
    }
    if (at == start || at - start > 9) {
      throw fail("a fraction of a second has one to nine digits");
    }
    return fraction;
  }

  private void add(long amount, Unit unit) {
    months = Math.addExact(months, Math.multiplyExact(amount, (long) unit.months));
    days = Math.addExact(days, Math.multiplyExact(amount, (long) unit.days));
    nanos = Math.addExact(nanos, Math.multiplyExact(amount, unit.nanos));
  }

  private char peek() {
    return at < upper.length() ? upper.charAt(at) : '\0';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private IllegalArgumentException fail(String problem) {
    String shown = text.length() > 64 ? text.substring(0, 64) + "…" : text;
    return new IllegalArgumentException(
        "'%s' is no duration: %s. Expected for example 1mo2d3h or P1M2DT3H"
            .formatted(shown, problem));
  }
}
