package cqloop.auth;

import java.util.Arrays;

/**
 * Owned by one exchange. A user and his password. Whoever makes it hands it over: the characters
 * are overwritten once the exchange has ended, so they must not be used elsewhere.
 */
public final class Credentials {

  private final String username;
  private final char[] password;

  /** Takes over the array; it is overwritten by {@link #wipe}. */
  public Credentials(String username, char[] password) {
    this.username = username;
    this.password = password;
  }

  /** Returns the name of the user. */
  public String username() {
    return username;
  }

  /** Returns the password: the array itself, which is overwritten later. */
  char[] password() {
    return password;
  }

  /** Overwrites the password. */
  public void wipe() {
    Arrays.fill(password, '\0');
  }

  /** Returns the name of the user only. */
  @Override
  public String toString() {
    return "Credentials of " + username;
  }
}
