package cqloop;

import org.jspecify.annotations.Nullable;

/**
 * Owned by one thread. Sets the variables of a prepared statement one by one, in any order. A name
 * sets every variable that has it. What is not set is sent as unset, which needs protocol v4.
 */
public interface Binder {

  /** Sets a value of any type that a codec takes; null sets null. */
  Binder set(int index, @Nullable Object value);

  Binder setBoolean(int index, boolean value);

  Binder setByte(int index, byte value);

  Binder setShort(int index, short value);

  Binder setInt(int index, int value);

  Binder setLong(int index, long value);

  Binder setFloat(int index, float value);

  Binder setDouble(int index, double value);

  Binder setString(int index, String value);

  /** Sets null. */
  Binder setNull(int index);

  /** Takes back what was set. */
  Binder unset(int index);

  /** Sets a value of any type that a codec takes by name; null sets null. */
  Binder set(String name, @Nullable Object value);

  Binder setBoolean(String name, boolean value);

  Binder setByte(String name, byte value);

  Binder setShort(String name, short value);

  Binder setInt(String name, int value);

  Binder setLong(String name, long value);

  Binder setFloat(String name, float value);

  Binder setDouble(String name, double value);

  Binder setString(String name, String value);

  /** Sets null by name. */
  Binder setNull(String name);

  /** Takes back what was set by name. */
  Binder unset(String name);

  /** Returns the statement with what was set so far; the binder may be used on. */
  BoundStatement bind();
}
