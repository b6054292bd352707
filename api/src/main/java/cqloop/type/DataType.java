package cqloop.type;

/**
 * Value. A CQL type as the server describes it. {@code frozen} does not travel in result metadata
 * and changes no byte on the wire, so it is not part of a type here.
 */
public sealed interface DataType
    permits PrimitiveType, ListType, SetType, MapType, TupleType, UserType, VectorType, CustomType {

  /** Returns the type as CQL text, for example {@code map<text, list<int>>}. */
  String cql();

  /**
   * Returns the option id of the type in the native protocol, for example {@code 0x0009} for int.
   */
  int protocolCode();
}
