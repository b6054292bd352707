package cqloop.type;

import java.lang.invoke.MethodType;
import java.lang.reflect.Array;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Value. Brings the types of reflection into one form, so that equal types are equal objects
 * wherever they come from.
 */
final class JavaTypes {

  private JavaTypes() {}

  /**
   * Returns the type as a {@link Class} or a {@link Parameterized}. Primitives become their
   * wrappers, wildcards their upper bounds: Kotlin writes {@code List<? extends String>} where Java
   * writes {@code List<String>}.
   */
  static Type canonical(Type type) {
    if (type instanceof Class<?> plain) {
      return MethodType.methodType(plain).wrap().returnType();
    }
    if (type instanceof Parameterized) {
      return type;
    }
    if (type instanceof ParameterizedType generic) {
      return parameterized((Class<?>) generic.getRawType(), generic.getActualTypeArguments());
    }
    if (type instanceof WildcardType wildcard) {
      return canonical(wildcard.getUpperBounds()[0]);
    }
    if (type instanceof GenericArrayType array) {
      // The arguments of the elements are lost: an array cannot tell them either.
      Class<?> element = raw(canonical(array.getGenericComponentType()));
      return Array.newInstance(element, 0).getClass();
    }
    throw new IllegalArgumentException(
        "Type '%s' has no fixed Java class; name the type itself".formatted(type.getTypeName()));
  }

  static Type parameterized(Class<?> raw, Type... arguments) {
    return new Parameterized(raw, Stream.of(arguments).map(JavaTypes::canonical).toList());
  }

  static Class<?> raw(Type canonical) {
    return canonical instanceof Parameterized generic ? generic.raw() : (Class<?>) canonical;
  }

  static List<Type> arguments(Type canonical) {
    return canonical instanceof Parameterized generic ? generic.arguments() : List.of();
  }

  /** Value. A class with type arguments, each in its canonical form. */
  record Parameterized(Class<?> raw, List<Type> arguments) implements Type {

    @Override
    public String getTypeName() {
      return arguments.stream()
          .map(Type::getTypeName)
          .collect(Collectors.joining(", ", raw.getName() + "<", ">"));
    }
  }
}
