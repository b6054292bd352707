package cqloop.type;

/** Value. {@code list<element>}. */
public record ListType(DataType element) implements DataType {

  @Override
  public String cql() {
    return "list<" + element.cql() + ">";
  }

  @Override
  public int protocolCode() {
    return 0x20;
  }

  @Override
  public String toString() {
    return cql();
  }
}
