package cqloop.type;

/**
 * Value. Bound in place of a value, it leaves the column as it is, where null would delete it. From
 * protocol v4 on.
 */
public enum Unset {
  /** The only instance. */
  UNSET
}
