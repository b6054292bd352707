package cqloop.error;

import java.util.List;

/** A user-defined function failed while the server executed the statement. */
public final class FunctionFailure extends ServerException {

  /** The number on the wire. */
  public static final int CODE = 0x1400;

  private final String keyspace;
  private final String function;
  private final List<String> argumentTypes;

  public FunctionFailure(
      String serverMessage, String keyspace, String function, List<String> argumentTypes) {
    super(
        CODE,
        ErrorCategory.SERVER,
        true,
        "Function %s.%s(%s) failed".formatted(keyspace, function, String.join(", ", argumentTypes)),
        serverMessage);
    this.keyspace = keyspace;
    this.function = function;
    this.argumentTypes = List.copyOf(argumentTypes);
  }

  /** Returns the keyspace of the function. */
  public String keyspace() {
    return keyspace;
  }

  /** Returns the name of the function. */
  public String function() {
    return function;
  }

  /** Returns the CQL types of its arguments. */
  public List<String> argumentTypes() {
    return argumentTypes;
  }
}
