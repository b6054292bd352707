package cqloop;

import org.jspecify.annotations.Nullable;

/**
 * Value. A prepared statement with its values, which are already in the form that travels:
 * executing it again encodes nothing.
 */
public final class BoundStatement extends Statement<BoundStatement> {

  /** For the driver: stands for the length of a text that is not encoded yet. */
  public static final int LONG_TEXT = -3; // Lengths in the protocol end with -2, unset.

  private final PreparedStatement prepared;
  private final byte[] encodedValues;
  private final @Nullable String @Nullable [] longTexts;

  private BoundStatement(
      PreparedStatement prepared,
      byte[] encodedValues,
      @Nullable String @Nullable [] longTexts,
      StatementSettings settings) {
    super(settings);
    this.prepared = prepared;
    this.encodedValues = encodedValues;
    this.longTexts = longTexts;
  }

  /**
   * For the driver: returns a statement with values as {@code [short n]} and n times {@code [int
   * length][bytes]}. The array is not copied and must not change.
   */
  public static BoundStatement ofEncoded(
      PreparedStatement prepared, byte[] encodedValues, StatementSettings settings) {
    return new BoundStatement(prepared, encodedValues, null, settings);
  }

  /**
   * For the driver: returns a statement of which some long texts are not encoded yet. They are
   * written straight to where they are sent from, and are never copied before.
   *
   * @param encodedValues as above, with {@link #LONG_TEXT} as the length of each such text and no
   *     bytes behind it
   * @param longTexts the texts by their position, null elsewhere, or null when there are none; not
   *     copied, must not change
   */
  public static BoundStatement ofEncoded(
      PreparedStatement prepared,
      byte[] encodedValues,
      @Nullable String @Nullable [] longTexts,
      StatementSettings settings) {
    return new BoundStatement(prepared, encodedValues, longTexts, settings);
  }

  /** Returns the statement whose variables are bound. */
  public PreparedStatement prepared() {
    return prepared;
  }

  /**
   * For the driver: the values as they travel, but for {@link #longTexts}. Not a copy; must not be
   * changed.
   */
  public byte[] encodedValues() {
    return encodedValues;
  }

  /** For the driver: the texts that are not encoded yet, by position. Must not be changed. */
  public @Nullable String @Nullable [] longTexts() {
    return longTexts;
  }

  @Override
  public BoundStatement withSettings(StatementSettings newSettings) {
    return new BoundStatement(prepared, encodedValues, longTexts, newSettings);
  }

  /** Returns the text of the prepared statement, without the values. */
  @Override
  public String toString() {
    return "BoundStatement(" + prepared.cql() + ")";
  }
}
