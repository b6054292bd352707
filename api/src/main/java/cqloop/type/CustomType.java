package cqloop.type;

/**
 * Value. A type that only the server knows, by the name of its Java class there. Its values are
 * bytes unless a codec is registered for it.
 */
public record CustomType(String className) implements DataType {

  @Override
  public String cql() {
    return "'" + className.replace("'", "''") + "'";
  }

  @Override
  public int protocolCode() {
    return 0x00;
  }

  @Override
  public String toString() {
    return cql();
  }
}
