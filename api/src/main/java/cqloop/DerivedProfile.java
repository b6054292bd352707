package cqloop;

/**
 * Value. What a statement changes of its execution profile. Two with the same options are equal: an
 * event loop makes the policies that they name once, not for each request.
 */
public final class DerivedProfile {

  private final ProfileOptions options;
  private final String text;

  /** Copies the options; what they inherit from is up to the statement. */
  DerivedProfile(ProfileOptions options) {
    this.options = new ProfileOptions(options).setInherits(null);
    this.text = this.options.toJson().encode();
  }

  /** Returns a copy of what is set; null is left to the profile of the statement. */
  public ProfileOptions options() {
    return new ProfileOptions(options);
  }

  @Override
  public boolean equals(Object other) {
    return this == other || (other instanceof DerivedProfile derived && text.equals(derived.text));
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** Returns the options as text; values that look like secrets are hidden. */
  @Override
  public String toString() {
    return options.toString();
  }
}
