package cqloop.testkit.node;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import org.apache.cassandra.auth.AuthenticatedUser;
import org.apache.cassandra.auth.IAuthenticator.SaslNegotiator;
import org.apache.cassandra.exceptions.AuthenticationException;
import org.jspecify.annotations.Nullable;

/**
 * One log-in in the dialect of DataStax Enterprise: the client names PLAIN or GSSAPI, the server
 * answers {@code PLAIN-START} or {@code GSSAPI-START}, then the mechanism runs. The authorization
 * id of either says who to act as.
 */
public final class DseNegotiator implements SaslNegotiator {

  private final SaslNegotiator passwords;
  private @Nullable Mechanism mechanism;

  /**
   * One log-in.
   *
   * @param passwords the server's own check of user and password
   */
  public DseNegotiator(SaslNegotiator passwords) {
    this.passwords = passwords;
  }

  @Override
  public byte @Nullable [] evaluateResponse(byte[] response) {
    if (mechanism != null) {
      return mechanism.evaluate(response);
    }
    String name = new String(response, US_ASCII);
    if (name.equals("PLAIN") || name.equals("GSSAPI")) {
      mechanism = name.equals("PLAIN") ? new Plain(passwords) : new KerberosMechanism();
      return (name + "-START").getBytes(US_ASCII);
    }
    // Clients of old send the token of PLAIN at once; so does the kit itself.
    mechanism = new Plain(passwords);
    return mechanism.evaluate(response);
  }

  @Override
  public boolean isComplete() {
    return mechanism != null && mechanism.isComplete();
  }

  @Override
  public AuthenticatedUser getAuthenticatedUser() {
    if (mechanism == null) {
      throw new AuthenticationException("the client has named no mechanism");
    }
    return ProxyRights.actAs(mechanism.user(), mechanism.actAs(), "log in as");
  }

  /** What the two mechanisms have in common. */
  interface Mechanism {
    byte @Nullable [] evaluate(byte[] response);

    boolean isComplete();

    /** Who has proved to be here. */
    AuthenticatedUser user();

    /** The role to act as; empty for the user's own. */
    String actAs();
  }

  /** RFC 4616: authorization id, NUL, user, NUL, password. */
  private static final class Plain implements Mechanism {
    private final SaslNegotiator passwords;
    private String actAs = "";

    Plain(SaslNegotiator passwords) {
      this.passwords = passwords;
    }

    @Override
    public byte @Nullable [] evaluate(byte[] response) {
      int end = 0;
      while (end < response.length && response[end] != 0) {
        end++;
      }
      actAs = new String(response, 0, end, UTF_8);
      return passwords.evaluateResponse(response);
    }

    @Override
    public boolean isComplete() {
      return passwords.isComplete();
    }

    @Override
    public AuthenticatedUser user() {
      return passwords.getAuthenticatedUser();
    }

    @Override
    public String actAs() {
      return actAs;
    }
  }
}
