package cqloop.error;

import cqloop.type.DataType;

/**
 * A column is null, but was read by a getter of a primitive Java type, which has no null. Ask
 * {@code isNull} first, or read it as an object.
 */
public final class NullValue extends CqlException {

  private final String column;
  private final DataType cqlType;

  public NullValue(String column, DataType cqlType) {
    super(
        "Column '%s' of type %s is null and was read as a primitive; test isNull or read an object"
            .formatted(column, cqlType.cql()));
    this.column = column;
    this.cqlType = cqlType;
  }

  /** Returns the name of the column. */
  public String column() {
    return column;
  }

  /** Returns the CQL type. */
  public DataType cqlType() {
    return cqlType;
  }
}
