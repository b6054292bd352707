package cqloop.type;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Value. A Java type with its type arguments, which a {@link Class} cannot carry. Made by the
 * static methods, or captured: {@code new GenericType<Map<String, Path>>() {}}.
 *
 * @param <T> the type
 */
public class GenericType<T> {

  private final Type type;

  /**
   * Captures the type argument of an anonymous subclass.
   *
   * @throws IllegalArgumentException when the subclass names none, or one that is a type variable
   */
  protected GenericType() {
    if (!(getClass().getGenericSuperclass() instanceof ParameterizedType captured)
        || captured.getRawType() != GenericType.class) {
      throw new IllegalArgumentException(
          "A GenericType is captured as new GenericType<List<String>>() {}, not by " + getClass());
    }
    this.type = JavaTypes.canonical(captured.getActualTypeArguments()[0]);
  }

  private GenericType(Type canonical) {
    this.type = canonical;
  }

  /** Returns the type of a class; a primitive one counts as its wrapper. */
  public static <T> GenericType<T> of(Class<T> javaClass) {
    return new GenericType<>(JavaTypes.canonical(javaClass));
  }

  /**
   * Returns the type that reflection names.
   *
   * @throws IllegalArgumentException when it holds a type variable
   */
  public static GenericType<?> of(Type javaType) {
    return new GenericType<>(JavaTypes.canonical(javaType));
  }

  /** Returns {@code List<E>}. */
  public static <E> GenericType<List<E>> listOf(Class<E> element) {
    return listOf(of(element));
  }

  /** Returns {@code List<E>}. */
  public static <E> GenericType<List<E>> listOf(GenericType<E> element) {
    return new GenericType<>(JavaTypes.parameterized(List.class, element.type));
  }

  /** Returns {@code Set<E>}. */
  public static <E> GenericType<Set<E>> setOf(Class<E> element) {
    return setOf(of(element));
  }

  /** Returns {@code Set<E>}. */
  public static <E> GenericType<Set<E>> setOf(GenericType<E> element) {
    return new GenericType<>(JavaTypes.parameterized(Set.class, element.type));
  }

  /** Returns {@code Map<K, V>}. */
  public static <K, V> GenericType<Map<K, V>> mapOf(Class<K> key, Class<V> value) {
    return mapOf(of(key), of(value));
  }

  /** Returns {@code Map<K, V>}. */
  public static <K, V> GenericType<Map<K, V>> mapOf(GenericType<K> key, GenericType<V> value) {
    return new GenericType<>(JavaTypes.parameterized(Map.class, key.type, value.type));
  }

  /** Returns {@code Optional<E>}. */
  public static <E> GenericType<Optional<E>> optionalOf(Class<E> element) {
    return optionalOf(of(element));
  }

  /** Returns {@code Optional<E>}. */
  public static <E> GenericType<Optional<E>> optionalOf(GenericType<E> element) {
    return new GenericType<>(JavaTypes.parameterized(Optional.class, element.type));
  }

  /** Returns the class without type arguments, for example {@code List} of {@code List<String>}. */
  @SuppressWarnings("unchecked") // T erases to the raw class by construction.
  public final Class<? super T> rawType() {
    return (Class<? super T>) JavaTypes.raw(type);
  }

  /** Returns the type arguments, for example {@code String}; empty when it has none. */
  public final List<GenericType<?>> arguments() {
    List<Type> arguments = JavaTypes.arguments(type);
    GenericType<?>[] types = new GenericType<?>[arguments.size()];
    for (int i = 0; i < types.length; i++) {
      types[i] = new GenericType<>(arguments.get(i));
    }
    return List.of(types);
  }

  /** Equal when the types are, however they were made. */
  @Override
  public final boolean equals(@Nullable Object other) {
    return other instanceof GenericType<?> that && type.equals(that.type);
  }

  @Override
  public final int hashCode() {
    return type.hashCode();
  }

  /** Returns the type as Java writes it, for example {@code java.util.List<java.lang.String>}. */
  @Override
  public final String toString() {
    return type.getTypeName();
  }
}
