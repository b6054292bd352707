package cqloop.error;

import cqloop.type.DataType;
import org.jspecify.annotations.Nullable;

/**
 * A value could not be turned into the bytes of its CQL type, or back. The value itself is never
 * shown. Where it happens while a value is bound or read, it is thrown at once.
 */
public final class CodecFailed extends CqlException {

  private final String column;
  private final DataType cqlType;
  private final String javaType;
  private final String problem;

  /**
   * @param column name or position of the column or variable; empty when not known
   * @param javaType name of the Java type given or asked for
   * @param problem what is wrong, in words; never the value
   */
  public CodecFailed(
      String column, DataType cqlType, String javaType, String problem, @Nullable Throwable cause) {
    super(
        "%s%s as Java type %s: %s"
            .formatted(
                column.isEmpty() ? "CQL type " : "Column '" + column + "', CQL type ",
                cqlType.cql(),
                javaType,
                problem),
        cause);
    this.column = column;
    this.cqlType = cqlType;
    this.javaType = javaType;
    this.problem = problem;
  }

  /** Returns the name or position of the column or variable, empty when not known. */
  public String column() {
    return column;
  }

  /** Returns the CQL type. */
  public DataType cqlType() {
    return cqlType;
  }

  /** Returns the name of the Java type that was given or asked for. */
  public String javaType() {
    return javaType;
  }

  /** Returns what is wrong, in words, without column and types. */
  public String problem() {
    return problem;
  }
}
