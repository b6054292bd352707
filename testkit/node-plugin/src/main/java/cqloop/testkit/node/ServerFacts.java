package cqloop.testkit.node;

import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Optional;
import org.apache.cassandra.cql3.BatchQueryOptions;
import org.apache.cassandra.cql3.QueryOptions;
import org.apache.cassandra.service.ClientState;
import org.jspecify.annotations.Nullable;

/**
 * Reads what the server knows of a request but does not say in the same way in all lines: options
 * that were not sent, and the client's STARTUP options.
 */
final class ServerFacts {
  private ServerFacts() {}

  /** The options of a batch that its statements share. */
  static QueryOptions wrapped(BatchQueryOptions batch) {
    return (QueryOptions) field(BatchQueryOptions.class, batch, "wrapped");
  }

  /** The client's timestamp in microseconds; null when it sent none. */
  static @Nullable Long timestamp(QueryOptions options) {
    return sent(specific(options, "timestamp"));
  }

  /** The client's now-in-seconds; null when it sent none, or the line has no such option. */
  static @Nullable Long nowInSeconds(QueryOptions options) {
    return sent(specific(options, "nowInSeconds"));
  }

  /** The keyspace of the request; null when it names none, or the line has no such option. */
  static @Nullable Object keyspace(QueryOptions options) {
    return specific(options, "keyspace");
  }

  static @Nullable Object driverName(ClientState client) {
    return optional(client, "getDriverName");
  }

  static @Nullable Object driverVersion(ClientState client) {
    return optional(client, "getDriverVersion");
  }

  /** What else the client said in STARTUP; empty where the line forgets it. */
  static Map<?, ?> startupOptions(ClientState client) {
    return optional(client, "getClientOptions") instanceof Map<?, ?> options ? options : Map.of();
  }

  // QueryOptions.SpecificOptions marks what was not sent with the smallest value of its type.
  private static @Nullable Long sent(@Nullable Object value) {
    if (!(value instanceof Number number)) {
      return null;
    }
    long asLong = number.longValue();
    return asLong == Long.MIN_VALUE || asLong == Integer.MIN_VALUE ? null : asLong;
  }

  private static @Nullable Object specific(QueryOptions options, String name) {
    try {
      Method method = QueryOptions.class.getDeclaredMethod("getSpecificOptions");
      method.setAccessible(true);
      Object specific = method.invoke(options);
      for (Field field : specific.getClass().getDeclaredFields()) {
        if (field.getName().equals(name)) {
          field.setAccessible(true);
          return field.get(specific);
        }
      }
      return null;
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this server line hides its query options", e);
    }
  }

  private static Object field(Class<?> type, Object target, String name) {
    try {
      Field field = type.getDeclaredField(name);
      field.setAccessible(true);
      return field.get(target);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this server line has no " + type + "." + name, e);
    }
  }

  private static @Nullable Object optional(ClientState client, String getter) {
    try {
      Object value = ClientState.class.getMethod(getter).invoke(client);
      return ((Optional<?>) value).orElse(null);
    } catch (NoSuchMethodException olderLine) {
      return null;
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException("ClientState." + getter + " failed", e);
    }
  }
}
