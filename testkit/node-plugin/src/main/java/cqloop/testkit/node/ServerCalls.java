package cqloop.testkit.node;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * Calls into the server whose signatures differ between the Cassandra lines, by name. Reflection
 * here keeps the rest of the plug-in one source for all lines.
 */
final class ServerCalls {
  private static final String STORAGE_SERVICE = "org.apache.cassandra.service.StorageService";
  private static final String QUERY_PROCESSOR = "org.apache.cassandra.cql3.QueryProcessor";

  private ServerCalls() {}

  static String decommission() throws Exception {
    // 4.0 and later take "force"; 3.11 takes nothing.
    call(STORAGE_SERVICE, "decommission", true);
    return "decommissioned";
  }

  static String evictPreparedStatements() throws Exception {
    // true: the cache only; the rows of system.prepared_statements stay.
    call(QUERY_PROCESSOR, "clearPreparedStatements", true);
    return "evicted";
  }

  static String restartNativeTransport(long pauseMillis) throws Exception {
    call(STORAGE_SERVICE, "stopNativeTransport", false);
    Thread.sleep(pauseMillis);
    call(STORAGE_SERVICE, "startNativeTransport", false);
    return "restarted";
  }

  /** Calls the method with one boolean if there is such an overload, else the one without. */
  private static void call(String className, String method, boolean flag) throws Exception {
    Class<?> type = Class.forName(className);
    Object target = type.getField("instance").get(null);
    Method withFlag = find(type, method, boolean.class);
    try {
      if (withFlag != null) {
        withFlag.invoke(target, flag);
        return;
      }
      Method plain = find(type, method);
      if (plain == null) {
        throw new NoSuchMethodException(className + "." + method + " is not in this server line");
      }
      plain.invoke(target);
    } catch (InvocationTargetException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }

  private static @Nullable Method find(Class<?> type, String name, Class<?>... parameters) {
    try {
      Method found = type.getDeclaredMethod(name, parameters);
      found.setAccessible(true);
      return found;
    } catch (NoSuchMethodException e) {
      return null;
    }
  }
}
