package cqloop.error;

import java.util.HexFormat;

/**
 * A statement was prepared again because a node had lost it, and its text now means something else
 * there: the id is another one. Usual causes are a {@code USE} on the session or an upgrade of the
 * node. Prepare the statement anew.
 */
public final class PreparedStatementChanged extends CqlException {

  private final String cql;

  /**
   * @param cql text of the statement
   * @param expectedId the id that it was bound to
   * @param actualId the id that the node gives it now
   */
  public PreparedStatementChanged(String cql, byte[] expectedId, byte[] actualId) {
    super(
        "Prepared again, the statement has id %s and no longer %s; prepare it anew, and name the"
                .formatted(HexFormat.of().formatHex(actualId), HexFormat.of().formatHex(expectedId))
            + " keyspace in its text: "
            + cql);
    this.cql = cql;
  }

  /** Returns the text of the statement. */
  public String cql() {
    return cql;
  }
}
