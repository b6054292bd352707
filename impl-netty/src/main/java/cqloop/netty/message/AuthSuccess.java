package cqloop.netty.message;

import org.jspecify.annotations.Nullable;

/** Value. AUTH_SUCCESS: the last token of the SASL exchange, often null. */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record AuthSuccess(ResponsePrefix prefix, byte @Nullable [] token) implements Response {

  /** Leaves the token out. */
  @Override
  public String toString() {
    return "AuthSuccess";
  }
}
