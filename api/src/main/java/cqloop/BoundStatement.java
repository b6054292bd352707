package cqloop;

/**
 * Value. A prepared statement with its values, which are already in the form that travels:
 * executing it again encodes nothing.
 */
public final class BoundStatement extends Statement<BoundStatement> {

  private final PreparedStatement prepared;
  private final byte[] encodedValues;

  private BoundStatement(
      PreparedStatement prepared, byte[] encodedValues, StatementSettings settings) {
    super(settings);
    this.prepared = prepared;
    this.encodedValues = encodedValues;
  }

  /**
   * For the driver: returns a statement with values as {@code [short n]} and n times {@code [int
   * length][bytes]}. The array is not copied and must not change.
   */
  public static BoundStatement ofEncoded(
      PreparedStatement prepared, byte[] encodedValues, StatementSettings settings) {
    return new BoundStatement(prepared, encodedValues, settings);
  }

  /** Returns the statement whose variables are bound. */
  public PreparedStatement prepared() {
    return prepared;
  }

  /** For the driver: the values as they travel. Not a copy; must not be changed. */
  public byte[] encodedValues() {
    return encodedValues;
  }

  @Override
  public BoundStatement withSettings(StatementSettings newSettings) {
    return new BoundStatement(prepared, encodedValues, newSettings);
  }

  /** Returns the text of the prepared statement, without the values. */
  @Override
  public String toString() {
    return "BoundStatement(" + prepared.cql() + ")";
  }
}
