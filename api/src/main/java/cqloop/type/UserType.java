package cqloop.type;

import java.util.List;

/**
 * Value. A user-defined type: keyspace, name and fields in order. Names are given as the server
 * stores them, without quotes.
 */
public record UserType(
    String keyspace, String name, List<String> fieldNames, List<DataType> fieldTypes)
    implements DataType {

  /**
   * @throws IllegalArgumentException when there are not as many names as types
   */
  public UserType {
    if (fieldNames.size() != fieldTypes.size()) {
      throw new IllegalArgumentException(
          "User type '%s.%s' has %s field names but %s field types"
              .formatted(keyspace, name, fieldNames.size(), fieldTypes.size()));
    }
    fieldNames = List.copyOf(fieldNames);
    fieldTypes = List.copyOf(fieldTypes);
  }

  /** Returns the position of the field with exactly this name, or -1 when the type has none. */
  public int indexOf(String fieldName) {
    return fieldNames.indexOf(fieldName);
  }

  @Override
  public String cql() {
    return CqlIdentifier.quoteIfNeeded(keyspace) + "." + CqlIdentifier.quoteIfNeeded(name);
  }

  @Override
  public int protocolCode() {
    return 0x30;
  }

  @Override
  public String toString() {
    return cql();
  }
}
