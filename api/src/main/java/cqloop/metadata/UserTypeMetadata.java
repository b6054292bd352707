package cqloop.metadata;

import cqloop.type.UserType;
import java.util.List;

/**
 * Value. A user-defined type of the schema.
 *
 * @param type the type, as codecs use it
 * @param fieldCqlTypes the types of its fields as CQL text of the server, which also tells what is
 *     frozen
 */
public record UserTypeMetadata(UserType type, List<String> fieldCqlTypes) implements SchemaObject {

  /**
   * @throws IllegalArgumentException when there are not as many texts as fields
   */
  public UserTypeMetadata {
    if (fieldCqlTypes.size() != type.fieldNames().size()) {
      throw new IllegalArgumentException(
          "User type %s has %s fields but %s types of fields"
              .formatted(type, type.fieldNames().size(), fieldCqlTypes.size()));
    }
    fieldCqlTypes = List.copyOf(fieldCqlTypes);
  }

  @Override
  public String keyspace() {
    return type.keyspace();
  }

  @Override
  public String name() {
    return type.name();
  }

  @Override
  public List<String> statements(DescribeOptions options) {
    CqlText text = new CqlText(options);
    text.add("CREATE TYPE ").name(keyspace(), name()).add(" (");
    for (int i = 0; i < fieldCqlTypes.size(); i++) {
      text.add(i == 0 ? "" : ",").item(i == 0);
      text.name(type.fieldNames().get(i)).add(' ').add(fieldCqlTypes.get(i));
    }
    text.endItems().add(')');
    return List.of(text.toString());
  }
}
