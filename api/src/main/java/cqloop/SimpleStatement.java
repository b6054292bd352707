package cqloop;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Value. CQL text that the server parses at each execution, with values by position or by name. The
 * CQL type of a value follows from its Java type; where that is not the wanted one, wrap it in a
 * {@link cqloop.type.TypedValue}.
 */
public final class SimpleStatement extends Statement<SimpleStatement> {

  private final String cql;
  private final List<@Nullable Object> values;
  private final Map<String, @Nullable Object> namedValues;
  private final int[] keyIndices;

  private SimpleStatement(
      String cql,
      List<@Nullable Object> values,
      Map<String, @Nullable Object> namedValues,
      int[] keyIndices,
      StatementSettings settings) {
    super(settings);
    this.cql = cql;
    this.values = values;
    this.namedValues = namedValues;
    this.keyIndices = keyIndices;
  }

  /** Returns a statement of this text, with values by position. */
  public static SimpleStatement of(String cql, @Nullable Object... values) {
    return new SimpleStatement(
        cql, copy(Arrays.asList(values)), Map.of(), new int[0], StatementSettings.NONE);
  }

  /** Returns a copy with these values by position in place of its own. */
  public SimpleStatement withValues(List<?> newValues) {
    return new SimpleStatement(cql, copy(newValues), Map.of(), keyIndices.clone(), settings());
  }

  /**
   * Returns a copy with these values by name in place of its own. A name is taken as CQL takes it:
   * in double quotes exactly, else in lower case.
   */
  public SimpleStatement withNamedValues(Map<String, ?> newValues) {
    return new SimpleStatement(
        cql,
        List.of(),
        Collections.unmodifiableMap(new LinkedHashMap<String, @Nullable Object>(newValues)),
        new int[0],
        settings());
  }

  /**
   * Returns a copy that is routed by the values at these positions: the columns of the partition
   * key in order. Needs a keyspace, set here or on the session.
   *
   * @throws IndexOutOfBoundsException when there is no value at a position
   */
  public SimpleStatement withKeyIndices(int... indices) {
    for (int index : indices) {
      if (index < 0 || index >= values.size()) {
        throw new IndexOutOfBoundsException(
            "Key index %s is outside 0..%s, the values by position"
                .formatted(index, values.size() - 1));
      }
    }
    return new SimpleStatement(cql, values, namedValues, indices.clone(), settings());
  }

  /** Returns the text. */
  public String cql() {
    return cql;
  }

  /** Returns the values by position; empty when there are none or they are by name. */
  public List<@Nullable Object> values() {
    return values;
  }

  /** Returns the values by name; empty when there are none or they are by position. */
  public Map<String, @Nullable Object> namedValues() {
    return namedValues;
  }

  /** Returns the positions of the values that make up the partition key; may be empty. */
  public int[] keyIndices() {
    return keyIndices.clone();
  }

  @Override
  public SimpleStatement withSettings(StatementSettings newSettings) {
    return new SimpleStatement(cql, values, namedValues, keyIndices, newSettings);
  }

  /** Returns the text, without the values. */
  @Override
  public String toString() {
    return "SimpleStatement(" + cql + ")";
  }

  private static List<@Nullable Object> copy(List<?> source) {
    return source.isEmpty()
        ? List.of()
        : Collections.unmodifiableList(new ArrayList<@Nullable Object>(source));
  }
}
