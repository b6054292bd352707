package cqloop.type;

/** Value. {@code map<key, value>}. */
public record MapType(DataType key, DataType value) implements DataType {

  @Override
  public String cql() {
    return "map<" + key.cql() + ", " + value.cql() + ">";
  }

  @Override
  public int protocolCode() {
    return 0x21;
  }

  @Override
  public String toString() {
    return cql();
  }
}
