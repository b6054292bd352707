package cqloop.error;

/** The schema of the cluster was asked for, but the session does not keep it. */
public final class SchemaNotAvailable extends CqlException {

  /**
   * @param problem why there is none, and what to do
   */
  public SchemaNotAvailable(String problem) {
    super("Schema is not available: " + problem);
  }
}
