package cqloop.metadata;

import cqloop.type.DataType;
import cqloop.type.ListType;
import cqloop.type.MapType;
import cqloop.type.SetType;
import cqloop.type.TupleType;
import cqloop.type.UserType;
import cqloop.type.VectorType;
import java.util.LinkedHashMap;
import java.util.Map;

/** Value. The user-defined types of a keyspace so that each comes after those it is made of. */
final class TypeOrder {

  private final KeyspaceMetadata keyspace;
  private final Map<String, UserTypeMetadata> ordered = new LinkedHashMap<>();

  private TypeOrder(KeyspaceMetadata keyspace) {
    this.keyspace = keyspace;
  }

  static Iterable<UserTypeMetadata> of(KeyspaceMetadata keyspace) {
    TypeOrder order = new TypeOrder(keyspace);
    keyspace.types().values().forEach(type -> order.add(type.type()));
    return order.ordered.values();
  }

  private void add(DataType type) {
    if (type instanceof UserType user) {
      UserTypeMetadata known = keyspace.types().get(user.name());
      boolean isHere = known != null && user.keyspace().equals(keyspace.name());
      if (isHere && !ordered.containsKey(user.name())) {
        // Types are values, made from the inside out: none can hold itself.
        user.fieldTypes().forEach(this::add);
        ordered.put(user.name(), known);
      }
    } else if (type instanceof ListType list) {
      add(list.element());
    } else if (type instanceof SetType set) {
      add(set.element());
    } else if (type instanceof MapType map) {
      add(map.key());
      add(map.value());
    } else if (type instanceof TupleType tuple) {
      tuple.components().forEach(this::add);
    } else if (type instanceof VectorType vector) {
      add(vector.element());
    }
  }
}
