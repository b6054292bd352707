package cqloop.netty.it;

import static org.assertj.core.api.Assertions.assertThat;

import cqloop.CqlSession;
import cqloop.Row;
import cqloop.SimpleStatement;
import cqloop.netty.codec.RandomValues;
import cqloop.testkit.CassandraCluster;
import cqloop.testkit.ServerLine;
import cqloop.testkit.junit.CassandraTest;
import cqloop.testkit.junit.TestKeyspace;
import cqloop.type.DataType;
import cqloop.type.ListType;
import cqloop.type.MapType;
import cqloop.type.PrimitiveType;
import cqloop.type.SetType;
import cqloop.type.TupleType;
import cqloop.type.TypedValue;
import cqloop.type.UserType;
import cqloop.type.VectorType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Columns of every scalar type and of random nested types, written to a real node and read again.
 */
@CassandraTest
class RandomTypesIT {

  private static final long SEED = 20260101;
  private static final int NESTED = 40;
  private static final int DEPTH = 3;
  private static final int ROWS = 10;

  private static Sessions sessions;
  private static RandomValues random;
  private static List<DataType> types;

  @BeforeAll
  static void open(CassandraCluster cluster, @TestKeyspace String keyspace) {
    sessions = new Sessions(cluster, keyspace);
    random = new RandomValues(SEED, 2).inKeyspace(keyspace);
    types = new ArrayList<>();
    Stream.of(PrimitiveType.values()).filter(RandomTypesIT::isAllowed).forEach(types::add);
    while (types.size() < PrimitiveType.values().length + NESTED) {
      DataType type = random.type(DEPTH);
      if (isAllowed(type)) {
        createUserTypes(type);
        types.add(type);
      }
    }
    sessions.set("CREATE TABLE $ks.r (k int PRIMARY KEY, " + columns(" ") + ")");
  }

  @AfterAll
  static void close() {
    sessions.close();
  }

  @ParameterizedTest
  @EnumSource(
      value = Wire.class,
      names = {"V3", "V4", "V5", "V5_LZ4"})
  void readsWhatItWroteInEveryType(Wire wire) {
    CqlSession session = sessions.on(wire);
    String insert =
        "INSERT INTO r (k, %s) VALUES (?%s)".formatted(columns(null), ", ?".repeat(types.size()));
    for (int k = 0; k < ROWS; k++) {
      List<Object> values = values(k);
      Awaits.get(
          k % 2 == 0
              ? session.prepare(insert).compose(p -> session.execute(p.bind(values)))
              : session.execute(SimpleStatement.of(insert).withValues(typed(values))));
      Row row =
          Awaits.get(
                  session
                      .prepare("SELECT %s FROM r WHERE k = ?".formatted(columns(null)))
                      .compose(select -> session.execute(select.bind(values.get(0)))))
              .first();
      for (int i = 0; i < types.size(); i++) {
        assertThat(row.columns().get(i).type()).isEqualTo(types.get(i));
        assertThat(row.get(i)).as("row %d, %s", k, types.get(i).cql()).isEqualTo(values.get(i + 1));
      }
    }
  }

  private static List<Object> values(int key) {
    List<Object> values = new ArrayList<>();
    values.add(key);
    for (int i = 0; i < types.size(); i++) {
      values.add((key + i) % 7 == 0 ? null : random.value(types.get(i)));
    }
    return values;
  }

  private static List<TypedValue> typed(List<Object> values) {
    List<TypedValue> typed = new ArrayList<>();
    typed.add(TypedValue.of(PrimitiveType.INT, values.get(0)));
    for (int i = 0; i < types.size(); i++) {
      typed.add(TypedValue.of(types.get(i), values.get(i + 1)));
    }
    return typed;
  }

  /** Returns the columns, with their types after the separator when there is one. */
  private static String columns(String separator) {
    return IntStream.range(0, types.size())
        .mapToObj(i -> "c" + i + (separator == null ? "" : separator + cql(types.get(i))))
        .collect(Collectors.joining(", "));
  }

  private static void createUserTypes(DataType type) {
    inner(type).forEach(RandomTypesIT::createUserTypes);
    if (type instanceof UserType udt) {
      String fields =
          IntStream.range(0, udt.fieldNames().size())
              .mapToObj(i -> udt.fieldNames().get(i) + " " + cql(udt.fieldTypes().get(i)))
              .collect(Collectors.joining(", "));
      sessions.set("CREATE TYPE " + udt.cql() + " (" + fields + ")");
    }
  }

  /** Frozen at every level, so that an empty collection stays one. */
  private static String cql(DataType type) {
    if (type instanceof VectorType vector) {
      return "vector<%s, %d>".formatted(cql(vector.element()), vector.dimension());
    }
    if (type instanceof UserType) {
      return "frozen<" + type.cql() + ">";
    }
    String inner = inner(type).map(RandomTypesIT::cql).collect(Collectors.joining(", "));
    if (inner.isEmpty()) {
      return type.cql();
    }
    String name = type.cql().substring(0, type.cql().indexOf('<'));
    return "frozen<%s<%s>>".formatted(name, inner);
  }

  private static Stream<DataType> inner(DataType type) {
    if (type instanceof ListType list) {
      return Stream.of(list.element());
    }
    if (type instanceof SetType set) {
      return Stream.of(set.element());
    }
    if (type instanceof MapType map) {
      return Stream.of(map.key(), map.value());
    }
    if (type instanceof VectorType vector) {
      return Stream.of(vector.element());
    }
    if (type instanceof TupleType tuple) {
      return tuple.components().stream();
    }
    return type instanceof UserType udt ? udt.fieldTypes().stream() : Stream.empty();
  }

  private static boolean isAllowed(DataType type) {
    if (type == PrimitiveType.COUNTER) {
      return false;
    }
    if (type instanceof VectorType && sessions.line().compareTo(ServerLine.V5_0) < 0) {
      return false;
    }
    // Cassandra: durations have no order, so they are not allowed where there must be one.
    if (type instanceof SetType set && hasDuration(set.element())) {
      return false;
    }
    if (type instanceof MapType map && hasDuration(map.key())) {
      return false;
    }
    return inner(type).allMatch(RandomTypesIT::isAllowed);
  }

  private static boolean hasDuration(DataType type) {
    return type == PrimitiveType.DURATION || inner(type).anyMatch(RandomTypesIT::hasDuration);
  }
}
