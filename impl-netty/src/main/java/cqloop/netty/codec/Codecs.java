package cqloop.netty.codec;

import cqloop.error.CodecFailed;
import cqloop.spi.CodecRegistry;
import cqloop.spi.TypeCodec;
import cqloop.spi.TypeCodecProvider;
import cqloop.type.DataType;
import cqloop.type.GenericType;
import cqloop.type.PrimitiveType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Value. The codecs of one session: those that the user gave, then the built-in ones. What was once
 * found or put together is kept, up to a bound; finding it again is one look into a concurrent map,
 * and for values of primitive types not even that.
 */
public final class Codecs implements CodecRegistry {

  /** The most codecs that are kept; those beyond are put together anew each time. */
  static final int MAX_KEPT = 4096;

  private final List<TypeCodec<?>> allOfUser = new ArrayList<>();
  private final Map<DataType, List<TypeCodec<?>>> user = new HashMap<>();
  private final Map<Key, TypeCodec<?>> found = new ConcurrentHashMap<>();
  private final Map<DataType, TypeCodec<Object>> defaults = new ConcurrentHashMap<>();
  private boolean complete;

  private Codecs() {}

  /** Returns the built-in codecs alone. */
  public static Codecs builtIn() {
    return of(List.of(), List.of());
  }

  /** Returns a registry that asks these codecs first, then those of the providers, in order. */
  public static Codecs of(
      List<? extends TypeCodec<?>> codecs, List<? extends TypeCodecProvider> providers) {
    Codecs registry = new Codecs();
    registry.allOfUser.addAll(codecs);
    for (TypeCodecProvider provider : providers) {
      registry.allOfUser.addAll(provider.codecs(registry));
    }
    for (TypeCodec<?> codec : registry.allOfUser) {
      registry.user.computeIfAbsent(codec.cqlType(), type -> new ArrayList<>()).add(codec);
    }
    registry.complete = true;
    return registry;
  }

  /** Tells whether the user gave a codec for this CQL type, so that no shortcut may be taken. */
  public boolean hasUserCodec(DataType cqlType) {
    return user.containsKey(cqlType);
  }

  /** Returns the CQL type of the first codec of the user that takes the value, or null. */
  @Nullable DataType typeOfUserCodecFor(Object value) {
    for (TypeCodec<?> codec : allOfUser) {
      if (codec.accepts(value)) {
        return codec.cqlType();
      }
    }
    return null;
  }

  @Override
  @SuppressWarnings("unchecked") // What is kept under a key reads and writes the key's Java type.
  public <T> TypeCodec<T> codecFor(DataType cqlType, GenericType<T> javaType) {
    Key key = new Key(cqlType, javaType);
    TypeCodec<?> codec = found.get(key);
    if (codec == null) {
      codec = find(cqlType, javaType);
      keep(found, key, codec);
    }
    return (TypeCodec<T>) codec;
  }

  @Override
  public TypeCodec<Object> defaultCodec(DataType cqlType) {
    TypeCodec<Object> codec = defaults.get(cqlType);
    if (codec == null) {
      codec = findDefault(cqlType);
      keep(defaults, cqlType, codec);
    }
    return codec;
  }

  @Override
  public TypeCodec<Object> codecForValue(DataType cqlType, Object value) {
    TypeCodec<?> codec = accepting(userCodecs(cqlType), value);
    if (codec == null) {
      codec = accepting(BuiltIns.of(cqlType), value);
    }
    if (codec == null) {
      codec = structured(cqlType, value);
    }
    if (codec == null) {
      throw noCodec(cqlType, value.getClass().getName());
    }
    return cast(codec);
  }

  private TypeCodec<?> find(DataType cqlType, GenericType<?> javaType) {
    for (TypeCodec<?> codec : userCodecs(cqlType)) {
      if (codec.javaType().equals(javaType)) {
        return codec;
      }
    }
    if (javaType.rawType() == Object.class) {
      return defaultCodec(cqlType);
    }
    for (TypeCodec<?> codec : BuiltIns.of(cqlType)) {
      if (codec.javaType().equals(javaType)) {
        return codec;
      }
    }
    TypeCodec<?> codec = new CodecBuilder(this).build(cqlType, javaType);
    if (codec == null) {
      throw noCodec(cqlType, javaType.toString());
    }
    return codec;
  }

  private TypeCodec<Object> findDefault(DataType cqlType) {
    List<TypeCodec<?>> builtIn = BuiltIns.of(cqlType);
    List<TypeCodec<?>> given = userCodecs(cqlType);
    if (cqlType instanceof PrimitiveType) {
      return cast(find(cqlType, builtIn.get(0).javaType()));
    }
    if (!builtIn.isEmpty()) {
      return cast(given.isEmpty() ? builtIn.get(0) : given.get(0));
    }
    return cast(find(cqlType, CodecBuilder.usualJavaType(cqlType)));
  }

  /** Finds a codec by the kind of the value, for types with parameters and for enums. */
  private @Nullable TypeCodec<?> structured(DataType cqlType, Object value) {
    GenericType<?> javaType = CodecBuilder.javaTypeFor(cqlType, value);
    return javaType == null ? null : codecFor(cqlType, javaType);
  }

  private List<TypeCodec<?>> userCodecs(DataType cqlType) {
    if (!complete) {
      throw new IllegalStateException(
          "The registry of codecs was asked before the provider had given its codecs");
    }
    return user.isEmpty() ? List.of() : user.getOrDefault(cqlType, List.of());
  }

  private static @Nullable TypeCodec<?> accepting(List<TypeCodec<?>> codecs, Object value) {
    for (int i = 0; i < codecs.size(); i++) {
      TypeCodec<?> codec = codecs.get(i);
      if (codec.accepts(value)) {
        return codec;
      }
    }
    return null;
  }

  private CodecFailed noCodec(DataType cqlType, String javaType) {
    List<String> fitting = new ArrayList<>();
    for (TypeCodec<?> codec : userCodecs(cqlType)) {
      fitting.add(codec.javaType().toString());
    }
    fitting.addAll(CodecBuilder.javaTypesOf(cqlType));
    return new CodecFailed(
        "", cqlType, javaType, "no codec has both. It can be " + String.join(", ", fitting), null);
  }

  private static <K, V> void keep(Map<K, V> map, K key, V value) {
    if (map.size() < MAX_KEPT) {
      map.put(key, value);
    }
  }

  @SuppressWarnings("unchecked") // Callers give it only values that it accepts.
  private static TypeCodec<Object> cast(TypeCodec<?> codec) {
    return (TypeCodec<Object>) codec;
  }

  private record Key(DataType cqlType, GenericType<?> javaType) {}
}
