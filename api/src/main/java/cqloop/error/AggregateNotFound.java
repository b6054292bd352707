package cqloop.error;

/** The schema snapshot has no such aggregate. */
public final class AggregateNotFound extends SchemaObjectNotFound {

  /**
   * @param signature its name, with the CQL types of its arguments where those were given
   */
  public AggregateNotFound(String keyspace, String signature) {
    super("aggregate", keyspace, signature);
  }
}
