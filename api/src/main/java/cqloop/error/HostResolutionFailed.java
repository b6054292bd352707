package cqloop.error;

import org.jspecify.annotations.Nullable;

/** A host name could not be resolved to an address. */
public final class HostResolutionFailed extends CqlException {

  private final String host;

  /**
   * @param problem what went wrong, in words, with the limit where it was time
   */
  public HostResolutionFailed(String host, String problem, @Nullable Throwable cause) {
    super("Host name '%s' could not be resolved: %s".formatted(host, problem), cause);
    this.host = host;
  }

  /** Returns the name that was looked up. */
  public String host() {
    return host;
  }

  @Override
  public ErrorCategory category() {
    return ErrorCategory.TRANSPORT;
  }
}
