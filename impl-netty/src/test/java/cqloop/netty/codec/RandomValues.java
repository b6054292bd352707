package cqloop.netty.codec;

import cqloop.type.CqlDuration;
import cqloop.type.DataType;
import cqloop.type.ListType;
import cqloop.type.MapType;
import cqloop.type.PrimitiveType;
import cqloop.type.SetType;
import cqloop.type.TupleType;
import cqloop.type.TupleValue;
import cqloop.type.UdtValue;
import cqloop.type.UserType;
import cqloop.type.VectorType;
import io.vertx.core.buffer.Buffer;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/** Owned by one thread. Random types at any depth, and random values of them, from a seed. */
public final class RandomValues {

  private static final int MAX_ELEMENTS = 4;
  private static final long NANOS_OF_DAY = 86_400_000_000_000L;

  private final Random random;
  private final int maxUnordered;
  private String keyspace = "ks";
  private int userTypes;

  public RandomValues(long seed) {
    this(seed, MAX_ELEMENTS);
  }

  /**
   * @param maxUnordered the most elements of sets and maps; with 1 their bytes have only one order
   */
  public RandomValues(long seed, int maxUnordered) {
    this.random = new Random(seed);
    this.maxUnordered = maxUnordered;
  }

  /** Sets where the user types are that come next. */
  public RandomValues inKeyspace(String name) {
    keyspace = name;
    return this;
  }

  /** Returns a type with at most this many types around the innermost one. */
  public DataType type(int depth) {
    int kind = depth == 0 ? 0 : random.nextInt(8);
    return switch (kind) {
      case 0, 1 -> primitive();
      case 2 -> new ListType(type(depth - 1));
      case 3 -> new SetType(type(depth - 1));
      case 4 -> new MapType(type(depth - 1), type(depth - 1));
      case 5 -> new TupleType(types(depth - 1));
      case 6 -> userType(depth - 1);
      default -> new VectorType(type(depth - 1), 1 + random.nextInt(MAX_ELEMENTS));
    };
  }

  /** Returns a value of the usual Java type. */
  public Object value(DataType type) {
    if (type instanceof PrimitiveType primitive) {
      return scalar(primitive);
    }
    if (type instanceof ListType list) {
      return fill(new ArrayList<>(), list.element(), random.nextInt(MAX_ELEMENTS));
    }
    if (type instanceof SetType set) {
      return fill(new LinkedHashSet<>(), set.element(), random.nextInt(maxUnordered + 1));
    }
    if (type instanceof VectorType vector) {
      return fill(new ArrayList<>(), vector.element(), vector.dimension());
    }
    if (type instanceof MapType map) {
      Map<Object, Object> values = new LinkedHashMap<>();
      for (int i = random.nextInt(maxUnordered + 1); i > 0; i--) {
        values.put(value(map.key()), value(map.value()));
      }
      return values;
    }
    if (type instanceof TupleType tuple) {
      return TupleValue.of(tuple, fields(tuple.components()));
    }
    UserType udt = (UserType) type;
    return UdtValue.of(udt, fields(udt.fieldTypes()));
  }

  private PrimitiveType primitive() {
    PrimitiveType[] all = PrimitiveType.values();
    PrimitiveType type = all[random.nextInt(all.length)];
    return type == PrimitiveType.COUNTER ? PrimitiveType.BIGINT : type;
  }

  private List<DataType> types(int depth) {
    List<DataType> types = new ArrayList<>();
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      types.add(type(depth));
    }
    return types;
  }

  private UserType userType(int depth) {
    List<DataType> types = types(depth);
    List<String> names = new ArrayList<>();
    for (int i = 0; i < types.size(); i++) {
      names.add("f" + i);
    }
    return new UserType(keyspace, "u" + userTypes++, names, types);
  }

  private Collection<Object> fill(Collection<Object> values, DataType element, int count) {
    for (int i = 0; i < count; i++) {
      values.add(value(element));
    }
    return values;
  }

  private Object[] fields(List<DataType> types) {
    Object[] values = new Object[types.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextInt(5) == 0 ? null : value(types.get(i));
    }
    return values;
  }

  private Object scalar(PrimitiveType type) {
    return switch (type) {
      case ASCII -> text(0x7f);
      case TEXT -> text(0xd7ff);
      case BIGINT, COUNTER -> number();
      case BLOB -> Buffer.buffer(bytes(random.nextInt(20)));
      case BOOLEAN -> random.nextBoolean();
      case DECIMAL -> new BigDecimal(new BigInteger(bytes(1 + random.nextInt(20))), (int) number());
      case DOUBLE -> Double.longBitsToDouble(number());
      case FLOAT -> Float.intBitsToFloat((int) number());
      case INT -> (int) number();
      case TIMESTAMP -> Instant.ofEpochMilli(number());
      case UUID -> new UUID(random.nextLong(), random.nextLong());
      case VARINT -> new BigInteger(bytes(1 + random.nextInt(20)));
      case TIMEUUID ->
          new UUID(random.nextLong() & ~0xF000L | 0x1000L, random.nextLong() >>> 2 | 1L << 63);
      case INET -> address();
      case DATE -> LocalDate.ofEpochDay((int) number());
      case TIME -> LocalTime.ofNanoOfDay(Math.floorMod(number(), NANOS_OF_DAY));
      case SMALLINT -> (short) number();
      case TINYINT -> (byte) number();
      case DURATION -> duration();
    };
  }

  /** Returns numbers of every magnitude alike, and the limits more often than chance would. */
  private long number() {
    return switch (random.nextInt(8)) {
      case 0 -> 0;
      case 1 -> Long.MIN_VALUE;
      case 2 -> Long.MAX_VALUE;
      default -> random.nextLong() >> random.nextInt(Long.SIZE);
    };
  }

  private CqlDuration duration() {
    int sign = random.nextBoolean() ? 1 : -1;
    int months = (int) number() >>> 1;
    int days = (int) number() >>> 1;
    return CqlDuration.of(sign * months, sign * days, sign * (number() >>> 1));
  }

  private InetAddress address() {
    try {
      return InetAddress.getByAddress(bytes(random.nextBoolean() ? 4 : 16));
    } catch (UnknownHostException impossible) {
      throw new AssertionError(impossible);
    }
  }

  private String text(int highest) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(12); i > 0; i--) {
      text.append((char) random.nextInt(highest + 1));
    }
    return text.toString();
  }

  private byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }
}
