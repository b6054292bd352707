package cqloop.metadata;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Value. A user-defined aggregate. Aggregates of one name differ in the types of their arguments.
 *
 * @param argumentTypes as CQL text
 * @param stateFunction name of the function that takes in each row, in the same keyspace
 * @param stateType type of the state as CQL text
 * @param finalFunction name of the function that makes the result of the state; null when the state
 *     is the result
 * @param initialCondition the first state as a CQL literal, null for none
 */
public record AggregateMetadata(
    String keyspace,
    String name,
    List<String> argumentTypes,
    String stateFunction,
    String stateType,
    @Nullable String finalFunction,
    @Nullable String initialCondition,
    String returnType)
    implements SchemaObject {

  public AggregateMetadata {
    argumentTypes = List.copyOf(argumentTypes);
  }

  /** Returns the name with the types of the arguments, for example {@code total(int)}. */
  public String signature() {
    return Copies.signature(name, argumentTypes);
  }

  @Override
  public List<String> statements(DescribeOptions options) {
    CqlText text = new CqlText(options);
    text.add("CREATE AGGREGATE ").name(keyspace, name);
    text.add('(').add(String.join(", ", argumentTypes)).add(')').line();
    text.add("SFUNC ").name(stateFunction).line();
    text.add("STYPE ").add(stateType);
    if (finalFunction != null) {
      text.line().add("FINALFUNC ").name(finalFunction);
    }
    if (initialCondition != null) {
      text.line().add("INITCOND ").add(initialCondition);
    }
    return List.of(text.toString());
  }
}
