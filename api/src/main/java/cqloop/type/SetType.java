package cqloop.type;

/** Value. {@code set<element>}. */
public record SetType(DataType element) implements DataType {

  @Override
  public String cql() {
    return "set<" + element.cql() + ">";
  }

  @Override
  public int protocolCode() {
    return 0x22;
  }

  @Override
  public String toString() {
    return cql();
  }
}
