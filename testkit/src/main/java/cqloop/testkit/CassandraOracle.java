package cqloop.testkit;

import cqloop.testkit.process.IsolatedJars;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodType;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URLClassLoader;
import org.jspecify.annotations.Nullable;

/**
 * Cassandra's own classes as an independent second opinion: marshal types, partitioners, frame
 * codecs. They live in a class loader of their own below the platform's, so none of the server's
 * hundred jars is seen by the code under test; pass only types of the JDK across.
 *
 * <p>Opening takes about half a second; share one between tests.
 */
public final class CassandraOracle implements AutoCloseable {
  private static final String DESCRIPTOR = "org.apache.cassandra.config.DatabaseDescriptor";

  private final URLClassLoader loader;

  private CassandraOracle(URLClassLoader loader) {
    this.loader = loader;
  }

  /**
   * Opens the classes of a line, set up as for a client tool.
   *
   * @param line the server line
   * @return the oracle
   * @throws ServerUnavailableException when the line's class path is not here
   */
  public static CassandraOracle open(ServerLine line) {
    CassandraOracle oracle = new CassandraOracle(IsolatedJars.of(line));
    oracle.invokeStatic(DESCRIPTOR, "clientInitialization");
    return oracle;
  }

  /**
   * One of the server's classes.
   *
   * @param name its full name
   * @return the class
   */
  public Class<?> type(String name) {
    try {
      return Class.forName(name, true, loader);
    } catch (ClassNotFoundException e) {
      throw new IllegalArgumentException("This line of Cassandra has no class " + name + ".", e);
    }
  }

  /**
   * The value of a static field, of any visibility.
   *
   * @param type full name of the class
   * @param field its name, for example {@code instance}
   * @return the value
   */
  public @Nullable Object constant(String type, String field) {
    try {
      Field found = type(type).getDeclaredField(field);
      found.setAccessible(true);
      return found.get(null);
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException("Reading " + type + "." + field + " failed.", e);
    }
  }

  /**
   * Calls a static method, of any visibility.
   *
   * @param type full name of the class
   * @param method its name; the arguments choose the overload
   * @param arguments its arguments
   * @return its result
   */
  public @Nullable Object invokeStatic(String type, String method, @Nullable Object... arguments) {
    return call(find(type(type), method, arguments), null, arguments);
  }

  /**
   * Calls a method of an object that came from the oracle, of any visibility.
   *
   * @param target the object
   * @param method its name; the arguments choose the overload
   * @param arguments its arguments
   * @return its result
   */
  public @Nullable Object invoke(Object target, String method, @Nullable Object... arguments) {
    return call(find(target.getClass(), method, arguments), target, arguments);
  }

  @Override
  public void close() {
    try {
      loader.close();
    } catch (IOException e) {
      throw new UncheckedIOException("Closing the jars of the oracle failed.", e);
    }
  }

  private @Nullable Object call(
      Method method, @Nullable Object target, @Nullable Object... arguments) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    // Logging and services inside look for their parts through it.
    thread.setContextClassLoader(loader);
    try {
      method.setAccessible(true);
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException(method + " failed", e.getCause());
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(method + " cannot be called", e);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private static Method find(Class<?> type, String name, @Nullable Object... arguments) {
    for (Class<?> owner = type; owner != null; owner = owner.getSuperclass()) {
      for (Method method : owner.getDeclaredMethods()) {
        if (method.getName().equals(name) && !method.isBridge() && takes(method, arguments)) {
          return method;
        }
      }
    }
    for (Method method : type.getMethods()) {
      // Default methods of interfaces.
      if (method.getName().equals(name) && takes(method, arguments)) {
        return method;
      }
    }
    throw new IllegalArgumentException(
        type.getName() + " has no method " + name + " for these " + arguments.length + " values.");
  }

  private static boolean takes(Executable method, @Nullable Object... arguments) {
    Class<?>[] types = method.getParameterTypes();
    if (types.length != arguments.length) {
      return false;
    }
    for (int i = 0; i < types.length; i++) {
      Object argument = arguments[i];
      if (argument == null ? types[i].isPrimitive() : !accepts(types[i], argument)) {
        return false;
      }
    }
    return true;
  }

  private static boolean accepts(Class<?> type, Object argument) {
    Class<?> boxed = MethodType.methodType(type).wrap().returnType();
    return boxed.isInstance(argument);
  }
}
