package cqloop.error;

import org.jspecify.annotations.Nullable;

/**
 * Options are wrong: a key that does not exist, a value of the wrong type or outside its range, a
 * name of a policy that no provider has, or options that exclude each other. Thrown at once where
 * options are read from JSON; fails the future of {@code connect} for all that only it can find. It
 * has a stack trace, for there is code or configuration to mend.
 */
public class InvalidOptions extends CqlException {

  private final String key;

  /**
   * @param key the option at fault, with the options that it is in, for example {@code
   *     CqlOptions.port}
   * @param problem what is wrong, what would be right; never a secret
   */
  public InvalidOptions(String key, String problem) {
    this(key, problem, null);
  }

  public InvalidOptions(String key, String problem, @Nullable Throwable cause) {
    super("Option '%s': %s".formatted(key, problem), cause, false);
    this.key = key;
  }

  /** Returns the option at fault. */
  public final String key() {
    return key;
  }
}
