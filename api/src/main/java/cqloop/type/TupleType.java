package cqloop.type;

import java.util.List;
import java.util.stream.Collectors;

/** Value. {@code tuple<a, b, …>}. */
public record TupleType(List<DataType> components) implements DataType {

  public TupleType {
    components = List.copyOf(components);
  }

  /** Returns the tuple type of these components. */
  public static TupleType of(DataType... components) {
    return new TupleType(List.of(components));
  }

  @Override
  public String cql() {
    return components.stream().map(DataType::cql).collect(Collectors.joining(", ", "tuple<", ">"));
  }

  @Override
  public int protocolCode() {
    return 0x31;
  }

  @Override
  public String toString() {
    return cql();
  }
}
