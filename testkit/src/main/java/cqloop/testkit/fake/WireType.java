package cqloop.testkit.fake;

import java.util.ArrayList;
import java.util.List;

/** Value. A CQL type as the protocol describes it; native_protocol_v5.spec §4.2.5.2. */
public final class WireType {
  public static final WireType ASCII = simple(0x01);
  public static final WireType BIGINT = simple(0x02);
  public static final WireType BLOB = simple(0x03);
  public static final WireType BOOLEAN = simple(0x04);
  public static final WireType COUNTER = simple(0x05);
  public static final WireType DECIMAL = simple(0x06);
  public static final WireType DOUBLE = simple(0x07);
  public static final WireType FLOAT = simple(0x08);
  public static final WireType INT = simple(0x09);
  public static final WireType TIMESTAMP = simple(0x0B);
  public static final WireType UUID = simple(0x0C);
  public static final WireType TEXT = simple(0x0D);
  public static final WireType VARINT = simple(0x0E);
  public static final WireType TIMEUUID = simple(0x0F);
  public static final WireType INET = simple(0x10);
  public static final WireType DATE = simple(0x11);
  public static final WireType TIME = simple(0x12);
  public static final WireType SMALLINT = simple(0x13);
  public static final WireType TINYINT = simple(0x14);
  public static final WireType DURATION = simple(0x15);

  static final int ID_CUSTOM = 0x00;
  static final int ID_LIST = 0x20;
  static final int ID_MAP = 0x21;
  static final int ID_SET = 0x22;
  static final int ID_UDT = 0x30;
  static final int ID_TUPLE = 0x31;

  private final int id;
  private final List<WireType> parameters;
  private final List<String> names;

  private WireType(int id, List<WireType> parameters, List<String> names) {
    this.id = id;
    this.parameters = List.copyOf(parameters);
    this.names = List.copyOf(names);
  }

  private static WireType simple(int id) {
    return new WireType(id, List.of(), List.of());
  }

  /** {@code list<element>}. */
  public static WireType list(WireType element) {
    return new WireType(ID_LIST, List.of(element), List.of());
  }

  /** {@code set<element>}. */
  public static WireType set(WireType element) {
    return new WireType(ID_SET, List.of(element), List.of());
  }

  /** {@code map<key, value>}. */
  public static WireType map(WireType key, WireType value) {
    return new WireType(ID_MAP, List.of(key, value), List.of());
  }

  /** {@code tuple<fields>}. */
  public static WireType tuple(WireType... fields) {
    return new WireType(ID_TUPLE, List.of(fields), List.of());
  }

  /** A user-defined type: its keyspace, its name, and its fields in order. */
  public static WireType udt(
      String keyspace, String name, List<String> fieldNames, List<WireType> fieldTypes) {
    if (fieldNames.size() != fieldTypes.size()) {
      throw new IllegalArgumentException(
          "type " + name + " has " + fieldNames.size() + " names, " + fieldTypes.size() + " types");
    }
    List<String> names = new ArrayList<>(List.of(keyspace, name));
    names.addAll(fieldNames);
    return new WireType(ID_UDT, fieldTypes, names);
  }

  /** A type that travels as the name of a server class; its values are byte arrays. */
  public static WireType custom(String className) {
    return new WireType(ID_CUSTOM, List.of(), List.of(className));
  }

  /** {@code vector<float, dimension>}, which travels as a custom type. */
  public static WireType floatVector(int dimension) {
    return custom(
        "org.apache.cassandra.db.marshal.VectorType(org.apache.cassandra.db.marshal.FloatType , "
            + dimension
            + ")");
  }

  int id() {
    return id;
  }

  List<WireType> parameters() {
    return parameters;
  }

  /** Writes the [option] that describes this type. */
  public void describe(WireWriter out) {
    out.writeShort(id);
    if (id == ID_CUSTOM) {
      out.writeString(names.get(0));
      return;
    }
    if (id == ID_UDT) {
      out.writeString(names.get(0)).writeString(names.get(1));
    }
    if (id == ID_UDT || id == ID_TUPLE) {
      out.writeShort(parameters.size());
    }
    for (int i = 0; i < parameters.size(); i++) {
      if (id == ID_UDT) {
        out.writeString(names.get(2 + i));
      }
      parameters.get(i).describe(out);
    }
  }

  @Override
  public String toString() {
    return "type 0x" + Integer.toHexString(id) + (names.isEmpty() ? "" : names) + parameters;
  }
}
