package cqloop.error;

import java.util.Collection;
import java.util.TreeSet;

/** A statement or session names an execution profile that the options do not define. */
public final class ProfileNotFound extends CqlException {

  private final String profile;

  /**
   * @param known the names that there are
   */
  public ProfileNotFound(String profile, Collection<String> known) {
    super(
        "No execution profile '%s'. Known: %s"
            .formatted(profile, String.join(", ", new TreeSet<>(known))));
    this.profile = profile;
  }

  /** Returns the name that is not known. */
  public String profile() {
    return profile;
  }
}
