package cqloop.netty.message;

import static cqloop.netty.message.MarshalNames.PACKAGE;

import com.datastax.oss.protocol.internal.response.result.RawType;
import cqloop.type.CustomType;
import cqloop.type.DataType;
import cqloop.type.ListType;
import cqloop.type.MapType;
import cqloop.type.PrimitiveType;
import cqloop.type.SetType;
import cqloop.type.TupleType;
import cqloop.type.UserType;
import cqloop.type.VectorType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Random types, and their forms on the wire: as options and as class expressions. */
final class GenTypes {

  private final Gen gen;

  GenTypes(Gen gen) {
    this.gen = gen;
  }

  DataType type(int depth) {
    if (depth == 0 || gen.below(3) > 0) {
      return PrimitiveType.values()[gen.below(PrimitiveType.values().length)];
    }
    return switch (gen.below(7)) {
      case 0 -> new ListType(type(depth - 1));
      case 1 -> new SetType(type(depth - 1));
      case 2 -> new MapType(type(depth - 1), type(depth - 1));
      case 3 -> new TupleType(gen.list(4, () -> type(depth - 1)));
      case 4 -> new VectorType(type(depth - 1), 1 + gen.below(1000));
      case 5 -> new CustomType("com.example.Geo" + gen.below(9) + "Type(a=>b,(c))");
      default -> userType(depth);
    };
  }

  private UserType userType(int depth) {
    List<String> names = new ArrayList<>();
    List<DataType> types = new ArrayList<>();
    for (int i = gen.below(4); i > 0; i--) {
      names.add("f" + i + gen.text());
      types.add(type(depth - 1));
    }
    return new UserType("ks_" + gen.below(9), gen.text(), names, types);
  }

  static RawType raw(DataType type) {
    return switch (type.protocolCode()) {
      case 0x00 -> new RawType.RawCustom(expression(type));
      case 0x20 -> new RawType.RawList(raw(((ListType) type).element()));
      case 0x22 -> new RawType.RawSet(raw(((SetType) type).element()));
      case 0x21 -> new RawType.RawMap(raw(((MapType) type).key()), raw(((MapType) type).value()));
      case 0x31 ->
          new RawType.RawTuple(
              ((TupleType) type).components().stream().map(GenTypes::raw).toList());
      case 0x30 -> rawUserType((UserType) type);
      default -> RawType.PRIMITIVES.get(type.protocolCode());
    };
  }

  private static RawType rawUserType(UserType type) {
    Map<String, RawType> fields = new LinkedHashMap<>();
    for (int i = 0; i < type.fieldNames().size(); i++) {
      fields.put(type.fieldNames().get(i), raw(type.fieldTypes().get(i)));
    }
    return new RawType.RawUdt(type.keyspace(), type.name(), fields);
  }

  /** Returns the class expression that a server would send. */
  static String expression(DataType type) {
    if (type instanceof CustomType custom) {
      return custom.className();
    }
    if (type instanceof PrimitiveType primitive) {
      return MarshalNames.of(primitive);
    }
    if (type instanceof ListType list) {
      return PACKAGE + "FrozenType(" + PACKAGE + "ListType(" + expression(list.element()) + "))";
    }
    if (type instanceof SetType set) {
      return PACKAGE + "SetType(" + expression(set.element()) + ")";
    }
    if (type instanceof MapType map) {
      return PACKAGE + "MapType(" + expression(map.key()) + "," + expression(map.value()) + ")";
    }
    if (type instanceof VectorType vector) {
      return PACKAGE
          + "VectorType("
          + expression(vector.element())
          + " , "
          + vector.dimension()
          + ")";
    }
    return type instanceof TupleType tuple
        ? PACKAGE + "TupleType(" + join(tuple.components()) + ")"
        : userExpression((UserType) type);
  }

  private static String join(List<DataType> types) {
    return String.join(" , ", types.stream().map(GenTypes::expression).toList());
  }

  private static String userExpression(UserType type) {
    StringBuilder text =
        new StringBuilder(
            PACKAGE + "UserType(" + type.keyspace() + "," + MarshalNames.hex(type.name()));
    for (int i = 0; i < type.fieldNames().size(); i++) {
      text.append(",")
          .append(MarshalNames.hex(type.fieldNames().get(i)))
          .append(":")
          .append(expression(type.fieldTypes().get(i)));
    }
    return text + ")";
  }
}
