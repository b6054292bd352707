package cqloop.error;

/** The schema snapshot has no such user type. */
public final class UserTypeNotFound extends SchemaObjectNotFound {

  public UserTypeNotFound(String keyspace, String name) {
    super("user type", keyspace, name);
  }
}
