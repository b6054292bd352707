package cqloop.netty.row;

import cqloop.Column;
import cqloop.Columns;
import cqloop.Row;
import cqloop.error.NullValue;
import cqloop.type.GenericType;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Value. Makes records of one class from rows of some columns. */
final class RecordMapper<R extends Record> {

  private final Class<R> recordType;
  private final Constructor<R> constructor;
  private final GenericType<?>[] types;
  private final boolean[] primitive;
  private final int[] indices;

  private RecordMapper(
      Class<R> recordType,
      Constructor<R> constructor,
      RecordComponent[] components,
      int[] indices) {
    this.recordType = recordType;
    this.constructor = constructor;
    this.indices = indices;
    this.types = new GenericType<?>[components.length];
    this.primitive = new boolean[components.length];
    for (int i = 0; i < components.length; i++) {
      types[i] = GenericType.of(components[i].getGenericType());
      primitive[i] = components[i].getType().isPrimitive();
    }
  }

  /**
   * Returns the mapper.
   *
   * @throws IllegalArgumentException when a component has no column, or the constructor cannot be
   *     reached
   */
  static <R extends Record> RecordMapper<R> create(Class<R> recordType, Columns columns) {
    RecordComponent[] components = recordType.getRecordComponents();
    Class<?>[] parameters = new Class<?>[components.length];
    int[] indices = new int[components.length];
    for (int i = 0; i < components.length; i++) {
      parameters[i] = components[i].getType();
      indices[i] = indexOf(components[i].getName(), recordType, columns);
    }
    return new RecordMapper<>(recordType, reachable(recordType, parameters), components, indices);
  }

  Class<R> recordType() {
    return recordType;
  }

  R map(Row row) {
    @Nullable Object[] values = new Object[indices.length];
    for (int i = 0; i < indices.length; i++) {
      Object value = row.get(indices[i], types[i]);
      if (value == null && primitive[i]) {
        Column column = row.columns().get(indices[i]);
        throw new NullValue(column.name(), column.type());
      }
      values[i] = value;
    }
    return create(values);
  }

  private R create(@Nullable Object[] values) {
    try {
      return constructor.newInstance(values);
    } catch (InvocationTargetException thrown) {
      if (thrown.getCause() instanceof RuntimeException refused) {
        throw refused;
      }
      throw new IllegalArgumentException(
          "The constructor of " + recordType.getName() + " failed", thrown.getCause());
    } catch (ReflectiveOperationException impossible) {
      throw new IllegalStateException("Could not make a " + recordType.getName(), impossible);
    }
  }

  private static <R extends Record> Constructor<R> reachable(
      Class<R> recordType, Class<?>[] parameters) {
    try {
      Constructor<R> constructor = recordType.getDeclaredConstructor(parameters);
      if (constructor.trySetAccessible()) {
        return constructor;
      }
    } catch (NoSuchMethodException impossible) {
      throw new IllegalStateException("A record without its constructor", impossible);
    }
    throw new IllegalArgumentException(
        "The constructor of %s cannot be reached: open package %s to module cqloop.netty"
            .formatted(recordType.getName(), recordType.getPackageName()));
  }

  private static int indexOf(String component, Class<?> recordType, Columns columns) {
    int exact = columns.indexOf(component);
    if (exact >= 0) {
      return exact;
    }
    String wanted = plain(component);
    for (int i = 0; i < columns.size(); i++) {
      if (plain(columns.get(i).name()).equals(wanted)) {
        return i;
      }
    }
    throw new IllegalArgumentException(
        "Record %s has component '%s', but no column fits. Columns: %s"
            .formatted(recordType.getName(), component, columns));
  }

  private static String plain(String name) {
    return name.replace("_", "").toLowerCase(Locale.ROOT);
  }
}
