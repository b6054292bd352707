package cqloop.error;

import org.jspecify.annotations.Nullable;

/**
 * A secure connection bundle, or the metadata service that it leads to, gave no way to a database.
 */
public final class CloudBundleFailed extends CqlException {

  /** Value. What went wrong. */
  public enum Kind {
    /** The bundle cannot be read from where it is said to be. */
    UNREADABLE,
    /** It is no zip, or is cut off, or something in it cannot be understood. */
    DAMAGED,
    /** A part that it needs is not in it. */
    INCOMPLETE,
    /** It, or what it unpacks to, is larger than any bundle. */
    TOO_LARGE,
    /** Its certificate has expired or is not valid yet. */
    EXPIRED,
    /** The metadata service cannot be reached, or TLS with it fails. */
    SERVICE_UNREACHABLE,
    /** The metadata service knows the database and does not serve it: it is paused. */
    DATABASE_PAUSED,
    /** The metadata service refuses us. */
    SERVICE_REFUSED,
    /** The metadata service answers with something that is not understood. */
    BAD_METADATA
  }

  private final Kind kind;

  /**
   * @param source the bundle or the service at fault
   * @param problem what is wrong and what to do; never a part of a key
   */
  public CloudBundleFailed(Kind kind, String source, String problem, @Nullable Throwable cause) {
    super("%s: %s".formatted(source, problem), cause);
    this.kind = kind;
  }

  /** Returns what went wrong. */
  public Kind kind() {
    return kind;
  }

  @Override
  public ErrorCategory category() {
    return kind == Kind.SERVICE_UNREACHABLE ? ErrorCategory.TRANSPORT : ErrorCategory.CLIENT;
  }

  /** A service out of reach has a chance; the rest must be mended first. */
  @Override
  public boolean retryable() {
    return kind == Kind.SERVICE_UNREACHABLE;
  }
}
