package cqloop.netty.codec;

import java.math.BigInteger;
import java.util.function.LongFunction;
import java.util.function.ToLongFunction;

/**
 * Value. How a Java integer type is made of a long and turned into one; both ways fail with {@link
 * BadValue} rather than lose digits.
 */
record IntegerKind<T>(Class<T> javaType, ToLongFunction<T> toLong, LongFunction<T> ofLong) {

  static final IntegerKind<Byte> BYTE =
      new IntegerKind<>(
          Byte.class,
          Byte::longValue,
          value -> (byte) requireWithin(value, Byte.MIN_VALUE, Byte.MAX_VALUE));
  static final IntegerKind<Short> SHORT =
      new IntegerKind<>(
          Short.class,
          Short::longValue,
          value -> (short) requireWithin(value, Short.MIN_VALUE, Short.MAX_VALUE));
  static final IntegerKind<Integer> INTEGER =
      new IntegerKind<>(
          Integer.class,
          Integer::longValue,
          value -> (int) requireWithin(value, Integer.MIN_VALUE, Integer.MAX_VALUE));
  static final IntegerKind<Long> LONG =
      new IntegerKind<>(Long.class, Long::longValue, value -> value);
  static final IntegerKind<BigInteger> BIG =
      new IntegerKind<>(BigInteger.class, BigInteger::longValueExact, BigInteger::valueOf);

  private static long requireWithin(long value, long lowest, long highest) {
    if (value < lowest || value > highest) {
      throw new BadValue("the number is outside %s..%s".formatted(lowest, highest));
    }
    return value;
  }
}
