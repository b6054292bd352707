package cqloop.netty.codec;

import cqloop.error.CodecFailed;
import cqloop.spi.TypeCodec;
import cqloop.type.DataType;
import cqloop.type.GenericType;
import cqloop.type.ListType;
import cqloop.type.MapType;
import cqloop.type.PrimitiveType;
import cqloop.type.SetType;
import cqloop.type.TupleType;
import cqloop.type.TupleValue;
import cqloop.type.UdtValue;
import cqloop.type.UserType;
import cqloop.type.VectorType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Value. Puts together codecs of types with parameters, and of Java enums. */
record CodecBuilder(Codecs codecs) {

  /** The deepest nesting of types, so that a hostile or mistaken type cannot exhaust the stack. */
  static final int MAX_DEPTH = 32;

  private static final GenericType<?> LIST = GenericType.of(List.class);
  private static final GenericType<?> SET = GenericType.of(Set.class);
  private static final GenericType<?> MAP = GenericType.of(Map.class);

  /** Returns the codec between these types, or null when there is none. */
  @Nullable TypeCodec<?> build(DataType cqlType, GenericType<?> javaType) {
    if (isDeeper(cqlType, MAX_DEPTH)) {
      String problem = "its type is nested deeper than " + MAX_DEPTH;
      throw new CodecFailed("", cqlType, javaType.toString(), problem, null);
    }
    Class<?> raw = javaType.rawType();
    if (cqlType instanceof ListType list && raw == List.class) {
      return new CollectionCodec(list, javaType, element(list.element(), javaType, 0));
    }
    if (cqlType instanceof SetType set && raw == Set.class) {
      return new CollectionCodec(set, javaType, element(set.element(), javaType, 0));
    }
    if (cqlType instanceof MapType map && raw == Map.class) {
      return new MapCodec(
          map, javaType, element(map.key(), javaType, 0), element(map.value(), javaType, 1));
    }
    if (cqlType instanceof VectorType vector) {
      return vector(vector, javaType);
    }
    if (cqlType instanceof TupleType tuple) {
      return tuple(tuple, javaType);
    }
    if (cqlType instanceof UserType udt) {
      return userType(udt, javaType);
    }
    return raw.isEnum() && isText(cqlType)
        ? new EnumCodec(codecs.codecFor(cqlType, GenericType.of(String.class)), javaType)
        : null;
  }

  /** Returns the Java type that a type with parameters is usually read as. */
  static GenericType<?> usualJavaType(DataType cqlType) {
    if (cqlType instanceof ListType || cqlType instanceof VectorType) {
      return LIST;
    }
    if (cqlType instanceof SetType) {
      return SET;
    }
    if (cqlType instanceof MapType) {
      return MAP;
    }
    return cqlType instanceof TupleType
        ? TupleCodecs.TupleValueCodec.JAVA_TYPE
        : UdtCodecs.UdtValueCodec.JAVA_TYPE;
  }

  /** Returns the Java type whose codec takes this value, or null when there is none. */
  static @Nullable GenericType<?> javaTypeFor(DataType cqlType, Object value) {
    if (cqlType instanceof ListType || cqlType instanceof SetType) {
      return value instanceof Collection ? usualJavaType(cqlType) : null;
    }
    if (cqlType instanceof MapType) {
      return value instanceof Map ? MAP : null;
    }
    if (cqlType instanceof VectorType) {
      return value instanceof List ? LIST : floatArray(value);
    }
    if (cqlType instanceof TupleType) {
      return value instanceof TupleValue
          ? TupleCodecs.TupleValueCodec.JAVA_TYPE
          : value instanceof List ? TupleCodecs.ListOfComponentsCodec.JAVA_TYPE : null;
    }
    if (cqlType instanceof UserType) {
      return value instanceof UdtValue
          ? UdtCodecs.UdtValueCodec.JAVA_TYPE
          : value instanceof Map ? UdtCodecs.FieldMapCodec.JAVA_TYPE : null;
    }
    return value instanceof Enum<?> constant && isText(cqlType)
        ? GenericType.of(constant.getDeclaringClass())
        : null;
  }

  /** Returns what fits a CQL type, for messages. */
  static List<String> javaTypesOf(DataType cqlType) {
    List<String> names = new ArrayList<>();
    for (TypeCodec<?> codec : BuiltIns.of(cqlType)) {
      names.add(codec.javaType().toString());
    }
    if (isText(cqlType)) {
      names.add("any enum");
    }
    if (names.isEmpty()) {
      names.add(usualJavaType(cqlType).toString());
    }
    if (cqlType instanceof TupleType) {
      names.add(LIST.toString());
    } else if (cqlType instanceof UserType) {
      names.add(MAP.toString());
    } else if (cqlType instanceof VectorType vector && vector.element() == PrimitiveType.FLOAT) {
      names.add("float[]");
    }
    return names;
  }

  private @Nullable TypeCodec<?> vector(VectorType type, GenericType<?> javaType) {
    if (javaType.rawType() == List.class) {
      return new VectorCodecs.ListCodec(type, javaType, element(type.element(), javaType, 0));
    }
    return javaType.rawType() == float[].class && type.element() == PrimitiveType.FLOAT
        ? new VectorCodecs.FloatArrayCodec(type)
        : null;
  }

  private @Nullable TypeCodec<?> tuple(TupleType type, GenericType<?> javaType) {
    if (javaType.equals(TupleCodecs.TupleValueCodec.JAVA_TYPE)) {
      return new TupleCodecs.TupleValueCodec(type, fields(type.components()));
    }
    return isOfAnything(javaType, List.class)
        ? new TupleCodecs.ListOfComponentsCodec(type, fields(type.components()))
        : null;
  }

  private @Nullable TypeCodec<?> userType(UserType type, GenericType<?> javaType) {
    if (javaType.equals(UdtCodecs.UdtValueCodec.JAVA_TYPE)) {
      return new UdtCodecs.UdtValueCodec(type, fields(type.fieldTypes()));
    }
    return isOfAnything(javaType, Map.class)
        ? new UdtCodecs.FieldMapCodec(type, fields(type.fieldTypes()))
        : null;
  }

  private FieldsCodec fields(List<DataType> types) {
    ElementCodec[] fields = new ElementCodec[types.size()];
    for (int i = 0; i < fields.length; i++) {
      fields[i] = element(types.get(i), codecs.defaultCodec(types.get(i)));
    }
    return new FieldsCodec(fields);
  }

  private ElementCodec element(DataType type, GenericType<?> container, int argument) {
    List<GenericType<?>> arguments = container.arguments();
    return element(
        type,
        arguments.isEmpty()
            ? codecs.defaultCodec(type)
            : codecs.codecFor(type, arguments.get(argument)));
  }

  @SuppressWarnings("unchecked") // ElementCodec asks it whether it accepts a value.
  private ElementCodec element(DataType type, TypeCodec<?> codec) {
    return new ElementCodec(type, (TypeCodec<Object>) codec, codecs);
  }

  /** Tells whether the type is this class without arguments, or its last argument is Object. */
  private static boolean isOfAnything(GenericType<?> javaType, Class<?> raw) {
    List<GenericType<?>> arguments = javaType.arguments();
    return javaType.rawType() == raw
        && (arguments.isEmpty() || arguments.get(arguments.size() - 1).rawType() == Object.class);
  }

  private static @Nullable GenericType<?> floatArray(Object value) {
    return value instanceof float[] ? VectorCodecs.FloatArrayCodec.JAVA_TYPE : null;
  }

  private static boolean isText(DataType type) {
    return type == PrimitiveType.TEXT || type == PrimitiveType.ASCII;
  }

  private static boolean isDeeper(DataType type, int limit) {
    if (limit == 0) {
      return true;
    }
    for (DataType inner : innerTypes(type)) {
      if (isDeeper(inner, limit - 1)) {
        return true;
      }
    }
    return false;
  }

  private static List<DataType> innerTypes(DataType type) {
    if (type instanceof ListType list) {
      return List.of(list.element());
    }
    if (type instanceof SetType set) {
      return List.of(set.element());
    }
    if (type instanceof MapType map) {
      return List.of(map.key(), map.value());
    }
    if (type instanceof VectorType vector) {
      return List.of(vector.element());
    }
    if (type instanceof TupleType tuple) {
      return tuple.components();
    }
    return type instanceof UserType udt ? udt.fieldTypes() : List.of();
  }
}
