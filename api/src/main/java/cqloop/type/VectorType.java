package cqloop.type;

/** Value. {@code vector<element, dimension>}; travels as a custom type. */
public record VectorType(DataType element, int dimension) implements DataType {

  /**
   * @throws IllegalArgumentException when the dimension is below 1
   */
  public VectorType {
    if (dimension < 1) {
      throw new IllegalArgumentException(
          "Dimension of a vector must be at least 1, not " + dimension);
    }
  }

  @Override
  public String cql() {
    return "vector<" + element.cql() + ", " + dimension + ">";
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
