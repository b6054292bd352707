package cqloop.metadata;

import java.util.List;

/**
 * Value. A user-defined function. Functions of one name differ in the types of their arguments.
 *
 * @param argumentTypes as CQL text
 * @param calledOnNullInput whether it is called with nulls; else it gives null for them
 * @param body the source of the function in its language
 */
public record FunctionMetadata(
    String keyspace,
    String name,
    List<String> argumentNames,
    List<String> argumentTypes,
    String returnType,
    boolean calledOnNullInput,
    String language,
    String body)
    implements SchemaObject {

  /**
   * @throws IllegalArgumentException when there are not as many names as types
   */
  public FunctionMetadata {
    if (argumentNames.size() != argumentTypes.size()) {
      throw new IllegalArgumentException(
          "Function '%s.%s' has %s names of arguments but %s types"
              .formatted(keyspace, name, argumentNames.size(), argumentTypes.size()));
    }
    argumentNames = List.copyOf(argumentNames);
    argumentTypes = List.copyOf(argumentTypes);
  }

  /** Returns the name with the types of the arguments, for example {@code plus(int, int)}. */
  public String signature() {
    return Copies.signature(name, argumentTypes);
  }

  @Override
  public List<String> statements(DescribeOptions options) {
    CqlText text = new CqlText(options);
    text.add("CREATE FUNCTION ").name(keyspace, name).add('(');
    for (int i = 0; i < argumentNames.size(); i++) {
      text.add(i == 0 ? "" : ", ").name(argumentNames.get(i)).add(' ').add(argumentTypes.get(i));
    }
    text.add(')').line();
    text.add(calledOnNullInput ? "CALLED ON NULL INPUT" : "RETURNS NULL ON NULL INPUT").line();
    text.add("RETURNS ").add(returnType).line();
    text.add("LANGUAGE ").name(language).line();
    text.add("AS ").body(body);
    return List.of(text.toString());
  }
}
