package cqloop.error;

/** The schema snapshot has no such function. */
public final class FunctionNotFound extends SchemaObjectNotFound {

  /**
   * @param signature its name, with the CQL types of its arguments where those were given
   */
  public FunctionNotFound(String keyspace, String signature) {
    super("function", keyspace, signature);
  }
}
