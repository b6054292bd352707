package cqloop.netty.message;

import org.jspecify.annotations.Nullable;

/** Value. AUTH_CHALLENGE: the next token of the SASL exchange. */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record AuthChallenge(ResponsePrefix prefix, byte @Nullable [] token) implements Response {

  /** Leaves the token out. */
  @Override
  public String toString() {
    return "AuthChallenge";
  }
}
